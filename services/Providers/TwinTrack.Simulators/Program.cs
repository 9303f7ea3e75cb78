using TwinTrack.Simulators;
using TwinTrack.Simulators.Agency;
using TwinTrack.Simulators.Bank;
using TwinTrack.Simulators.MobileMoney;

try
{
    var options = SimulatorOptions.Parse([.. args.Skip(1)]);
    switch (args.FirstOrDefault())
    {
        case "bank":
            await BankSimulator.RunAsync(options);
            return 0;
        case "mobile-money":
            await MobileMoneySimulator.RunAsync(options);
            return 0;
        case "agency":
            await AgencySimulator.RunAsync(options);
            return 0;
        default:
            await Console.Error.WriteLineAsync("Usage: TwinTrack.Simulators bank|mobile-money|agency --key value ...");
            return 2;
    }
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
