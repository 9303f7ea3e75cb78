using System.Collections.Frozen;

namespace TwinTrack.Kernel;

/// <summary>A currency of ISO 4217 list one with the number of decimals of its minor unit.</summary>
public readonly record struct Currency
{
    // Every currency that is not an exception has two decimals (ISO 4217, table A.1).
    private const string TwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC "
            + "CUP CVE CZK " +
        "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
            + "KHR KPW KYD " +
        "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB "
            + "PEN PGK PHP " +
        "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD "
            + "TWD TZS UAH " +
        "USD UZS VES WST XCD YER ZAR ZMW ZWG";

    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
    private const string FourDecimals = "CLF UYW";

    /// <summary>ISO 20022 allows 18 digits in all, and so does a long.</summary>
    private const int DigitsMax = 18;

    /// <summary>Decimals that an amount of any currency may have; in most currencies the minor unit has them.</summary>
    private const byte DecimalsOfAny = 2;

    private static readonly FrozenDictionary<string, Currency> Known = new (string Codes, byte Exponent)[]
        {
            (NoDecimals, 0), (TwoDecimals, 2), (ThreeDecimals, 3), (FourDecimals, 4),
        }
        .SelectMany(group => group.Codes.Split(' ').Select(code => new Currency(code, group.Exponent)))
        .ToFrozenDictionary(currency => currency.Code);

    private Currency(string code, byte exponent) => (Code, Exponent) = (code, exponent);

    /// <summary>Three upper-case letters.</summary>
    public string Code { get; }

    /// <summary>Decimal digits of the minor unit: 2 for USD, 0 for XOF, 3 for TND.</summary>
    public byte Exponent { get; }

    public static IEnumerable<Currency> All => Known.Values;

    public static Result<Currency> Of(string? code) =>
        code is not null && Known.TryGetValue(code, out var currency)
            ? currency
            : new Refusal("money.unknown_currency",
                "This is not an ISO 4217 currency code. Use a code such as XOF.", RefusalKind.Invalid);

    /// <summary>
    /// The amount in major units with the currency's own number of decimals: <c>1234.50</c> for USD, <c>1235</c> for
    /// XOF.
    /// </summary>
    public string Format(long minor)
    {
        var sign = minor < 0 ? "-" : "";
        var digits = Math.Abs(minor).ToString(System.Globalization.CultureInfo.InvariantCulture)
            .PadLeft(Exponent + 1, '0');
        return Exponent == 0 ? sign + digits : $"{sign}{digits[..^Exponent]}.{digits[^Exponent..]}";
    }

    /// <summary>
    /// Reads major units exactly: digits, at most one point, and at most <see cref="Exponent"/> decimals. Further
    /// decimals up to the second must be zeros: some peers send two decimals in every currency. More are refused,
    /// because the point of <c>15.000</c> may separate thousands. Exponents, separators and signs are refused.
    /// </summary>
    public Result<long> Parse(string? text)
    {
        var parts = (text ?? "").Split('.');
        var whole = parts[0];
        var fraction = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        var readable = parts.Length <= 2 && whole.Length > 0 && whole.Length + Exponent <= DigitsMax
            && (parts.Length == 1 || (parts[1].Length > 0 && parts[1].Length <= Math.Max(Exponent, DecimalsOfAny)))
            && whole.All(char.IsAsciiDigit) && fraction.All(char.IsAsciiDigit) && fraction.Length <= Exponent;
        return readable
            ? long.Parse(whole + fraction.PadRight(Exponent, '0'), System.Globalization.CultureInfo.InvariantCulture)
            : new Refusal("money.unreadable",
                $"This is not an amount in {Code}. Use digits and at most {Exponent} decimals.",
                RefusalKind.Invalid);
    }

    public override string ToString() => Code;
}
