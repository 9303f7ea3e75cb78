using System.Text.Json;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Providers.Channels;
using TwinTrack.Simulation.Hosting;
using TwinTrack.Simulation.People;
using TwinTrack.Simulation.Providers;

namespace TwinTrack.Simulation.World;

/// <summary>
/// The state from which every seed starts: channels, connections, routes, protocol and funds are set, and a cycle has
/// arrived whole. Made once a run by the real endpoints and handlers in a calm world, and kept as a copy of the
/// databases.
/// </summary>
internal static class InitialState
{
    private const int AmountMinor = 1_500_000;
    private static readonly Person Admin = new("admin", "government", Role.Admin);
    private static readonly Person Finance = new("finance", "government", Role.Finance);
    private static readonly string[] Areas = ["NE001", "NE002", "NE003"];
    private static readonly string[] Instruments = ["mobile", "bank", "cash"];
    private static readonly string[] Reasons = ["funds_suspended", "return"];
    private static readonly string[] Proposers = [Role.Operator];

    private static readonly (string Code, string Adapter, int Track, string[] Instruments, string[] Areas, bool Recall,
        bool Query)[] Channels =
    [
        ("t1-momo", "mobile_money", 1, ["mobile"], [], false, true),
        ("t1-bank", "bank", 1, ["bank"], [], true, false),
        ("t2-agency", "agency", 2, Instruments, ["NE001", "NE002"], true, false),
    ];

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["unitMax"] = "6",
        ["paymentsPerSecond"] = "0.3",
        ["askEverySeconds"] = "40",
        ["inDoubtAfterSeconds"] = "60",
        ["validitySeconds"] = Invariant($"{SimulatedProvider.Validity.TotalSeconds}"),
    };

    /// <summary>
    /// Three channels. On track 1 an operator answers questions, and a bank sends files. On track 2 an agency covers
    /// two of three areas.
    /// </summary>
    public static SimulatedProvider[] Providers() =>
        [.. Channels.Select(
            channel => new SimulatedProvider(
                channel.Code, channel.Adapter, channel.Instruments, channel.Recall, channel.Query))];

    public static DateTimeOffset Make(SimulatedHost host, IReadOnlyList<SimulatedProvider> providers, int payments)
    {
        host.Clock.Reset(SimulatedClock.Start, 0);
        var world = new SimulatedWorld(host, providers, 0, new Guards(), calm: true);
        var number = 0;
        void Do(string name, Person who, object body, string? id = null)
        {
            var answer =
                host.Run(
                    scope => host.Endpoints.CallAsync(
                        scope, new Call(who, name, Invariant($"opening-{++number}"), body, id)));
            if (!answer.Done)
            {
                throw new InvalidOperationException(Invariant($"{name}: {answer.Status} {answer.Body}"));
            }
        }

        foreach (var (code, adapter, track, instruments, areas, _, _) in Channels)
        {
            Do("routing.PutChannel", Admin, new
            {
                provider = code,
                adapter,
                track,
                instruments,
                areas,
                currency = "XOF",
                capacityPerHour = 36_000,
                contractModel = track == 1 ? "government" : "donor",
            }, code);
            Do("providers.PutConnection", Admin, new { settings = Settings }, code);
        }

        Do("routing.SetTable", Admin, new
        {
            rows = Instruments.Select(instrument => new
            {
                area = "*",
                programme = "*",
                instrument,
                channels = Channels.Where(channel => channel.Instruments.Contains(instrument))
                    .Select(channel => channel.Code),
            }),
        });
        Do("routing.SetProtocol", Admin, new
        {
            currency = "XOF",
            reasons = Reasons,
            proposerRoles = Proposers,
            quorum = new { government = 1, partner = 1 },
            proposalValidHours = 72,
            watchSeconds = 60,
        }, SimulatedPeople.Programme);
        Do("payments.DepositFunds", Finance, new
        {
            programme = SimulatedPeople.Programme,
            fundingSource = "treasury",
            amountMinor = (long)AmountMinor * payments,
            currency = "XOF"
        });
        Do("payments.DepositFunds", Finance, new
        {
            programme = SimulatedPeople.Programme,
            fundingSource = SimulatedPeople.Bearer,
            amountMinor = (long)AmountMinor * payments / 2,
            currency = "XOF"
        });
        CycleArrives(host, payments);
        while (world.Step(SimulatedClock.Start.AddMinutes(5)))
        {
        }

        if (host.Payments.Store.Text("SELECT state FROM received_cycles") != "Ready")
        {
            throw new InvalidOperationException("The opening's cycle did not arrive whole.");
        }

        foreach (var service in host.Services)
        {
            service.Store.Keep();
        }

        return world.Now;
    }

    private static void CycleArrives(SimulatedHost host, int payments)
    {
        var sealer = host.Of<ProviderSealers>().Payees;
        var cycle = CycleId.New(host.Clock).Text;
        var payees = new List<PayeeRow>();
        var rows = new List<EntitlementRow>();
        for (var index = 0; index < payments; index++)
        {
            var household = HouseholdId.New(host.Clock).Text;
            var instrument = Instruments[index % 10 < 5 ? 0 : index % 10 < 9 ? 1 : 2];
            var (name, account, bic) = (Invariant($"Payee {index}"),
                instrument == "cash" ? null : Invariant($"+2279000{index:0000}"),
                instrument == "bank" ? "SONIBNENXXX" : null);
            var fingerprint = sealer.Fingerprint(string.Join('|', name, instrument, account, bic));
            payees.Add(
                new PayeeRow(household, fingerprint,
                    sealer.Seal(
                        JsonSerializer.Serialize(
                            new
                            {
                                registryId = Invariant($"R{index}"),
                                name,
                                instrument,
                                account,
                                bankBic = bic,
                                alternate = (string?)null
                            }))));
            rows.Add(
                new EntitlementRow(EntitlementId.New(host.Clock).Text, household, "base", AmountMinor - index,
                    Areas[index / 4 % 3], instrument, fingerprint, "treasury"));
        }

        rows.Sort((left, right) => string.CompareOrdinal(left.EntitlementId, right.EntitlementId));
        using var hash = new LineHash();
        rows.ForEach(row => hash.Add(TypedId.Parse<EntitlementId>(row.EntitlementId), row.AmountMinor));
        void Send(ServiceSide service, string queue, object message) =>
            host.Run(scope => service.HandleAsync(scope, queue, message, host.Clock.NewId()));
        Send(host.Providers, "providers.payee-chunk", new PayeeChunk(cycle, 0, payees));
        Send(host.Payments, "payments.entitlement-chunk", new EntitlementChunk(cycle, 0, rows));
        Send(host.Payments, "payments.cycle-closed", new CycleClosed(
            cycle, SimulatedPeople.Programme, "2026-11", "XOF", 1, hash.Count, hash.SumMinor, hash.Hex(),
            "manager@government", host.Clock.Now));
    }
}
