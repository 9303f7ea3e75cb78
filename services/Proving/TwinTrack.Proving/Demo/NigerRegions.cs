namespace TwinTrack.Proving.Demo;

/// <summary>Niger's eight regions by their P-codes (OCHA common operational datasets).</summary>
internal static class NigerRegions
{
    /// <summary>The partner agency does not work here.</summary>
    public const string OutOfReach = "NE001";

    /// <summary>Where the nutrition top-up is paid.</summary>
    public const string TopUp = "NE002";

    public static readonly (string Code, string Name)[] Regions =
    [
        ("NE001", "Agadez"), ("NE002", "Diffa"), ("NE003", "Dosso"), ("NE004", "Maradi"),
        ("NE005", "Tahoua"), ("NE006", "Tillaberi"), ("NE007", "Zinder"), ("NE008", "Niamey"),
    ];

    /// <summary>As <c>registry areas</c> takes it.</summary>
    public static string Csv() =>
        "pcode,name,parent\nNER,Niger,\n"
            + string.Concat(Regions.Select(region => $"{region.Code},{region.Name},NER\n"));
}
