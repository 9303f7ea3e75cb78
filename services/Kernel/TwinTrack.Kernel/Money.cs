namespace TwinTrack.Kernel;

/// <summary>A sum above zero, counted in the currency's minor unit. Never a fraction, never a float.</summary>
public readonly record struct Money
{
    private Money(long minor, Currency currency) => (Minor, Currency) = (minor, currency);

    /// <summary>Minor units: cents, centimes; whole francs where the currency has no smaller coin (XOF).</summary>
    public long Minor { get; private init; }

    public Currency Currency { get; private init; }

    public static Result<Money> Of(long minor, string? currency) =>
        Currency.Of(currency).Then<Money>(known => minor > 0
            ? new Money(minor, known)
            : new Refusal("money.not_positive",
                "The amount is not above zero. Give a positive amount.", RefusalKind.Invalid));

    public override string ToString() => $"{Currency.Format(Minor)} {Currency.Code}";
}
