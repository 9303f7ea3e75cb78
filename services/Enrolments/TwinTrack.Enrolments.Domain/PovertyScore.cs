using System.Globalization;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Domain;

/// <summary>Proxy means test score of a household, 0.00 to 100.00; the lower the poorer.</summary>
public readonly record struct PovertyScore
{
    private const int HundredthsMax = 100_00;

    private PovertyScore(int hundredths) => Hundredths = hundredths;

    /// <summary>0 to 10,000.</summary>
    public int Hundredths { get; private init; }

    public decimal Value => Hundredths / 100m;

    /// <summary>Digits, and at most two decimals after a point.</summary>
    public static Result<PovertyScore> Parse(string text) => Fields.Number(text).Then(sound =>
        decimal.TryParse(sound, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score)
            ? Of(score) : FieldRefusals.NotANumber);

    public static Result<PovertyScore> Of(decimal score)
    {
        if (score is < 0 or > 100)
        {
            return score < 0 ? FieldRefusals.Negative : FieldRefusals.ScoreOutOfRange;
        }

        return score * 100 % 1 == 0 ? new PovertyScore((int)(score * 100)) : FieldRefusals.NotANumber;
    }

    /// <summary>Reads what <see cref="Hundredths"/> was stored as.</summary>
    public static PovertyScore OfHundredths(int hundredths) => hundredths is >= 0 and <= HundredthsMax
        ? new PovertyScore(hundredths)
        : throw new ArgumentOutOfRangeException(nameof(hundredths));
}
