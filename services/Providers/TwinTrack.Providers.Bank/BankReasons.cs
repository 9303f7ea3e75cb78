namespace TwinTrack.Providers.Bank;

/// <summary>
/// The reason codes of the ISO 20022 External Code Sets, grouped by their effect on the status beside them. The
/// grouping is ours. A test compares the lists with the published sets: no code is missing, and none is listed twice.
/// </summary>
internal static class BankReasons
{
    /// <summary>ExternalStatusReason1Code: why an order was refused before execution, beside RJCT.</summary>
    internal const string Refused =
        "AB01 AB02 AB03 AB04 AB05 AB06 AB07 AB08 AB09 AB10 AB11 AC01 AC02 AC03 AC04 AC05 AC06 AC07 AC08 AC09 AC10 "
            + "AC11 AC12 AC13 AC14 AC15 AC16 AG01 " +
        "AG02 AG03 AG04 AG05 AG06 AG07 AG08 AG10 AG11 AG12 AGNT AM01 AM02 AM03 AM04 AM06 AM07 AM09 AM10 AM11 AM12 "
            + "AM13 AM14 AM15 AM16 AM17 AM18 AM19 " +
        "AM20 AM21 AM22 AM23 AMSE BE01 BE04 BE05 BE06 BE07 BE08 BE09 BE10 BE11 BE12 BE13 BE14 BE15 BE16 BE17 BE18 "
            + "BE19 BE20 BE21 BE22 BE23 CERI CH03 " +
        "CH04 CH07 CH09 CH10 CH11 CH12 CH13 CH14 CH15 CH16 CH17 CH20 CH21 CH22 CN01 CNOR CURR CUST DC02 DNOR DS02 "
            + "DS04 DS08 DS09 DS0A DS0B DS0C DS0D " +
        "DS0E DS0F DS0G DS0H DS0K DS10 DS11 DS12 DS13 DS14 DS16 DS17 DS19 DS20 DS21 DS22 DS23 DS24 DS25 DS26 DS27 "
            + "DS28 DT01 DT02 DT03 DT04 DT05 ED01 " +
        "ED03 ED05 ED06 EOL1 ERIN FF01 FF02 FF03 FF04 FF05 FF06 FF07 FF08 FF09 FF10 FF11 FRAD INDT MD01 MD02 MD05 "
            + "MD07 MINF MS02 MS03 NERI NOCM RC01 " +
        "RC02 RC03 RC04 RC05 RC06 RC07 RC08 RC09 RC10 RC11 RC12 RC13 RC15 RC16 RR01 RR02 RR03 RR04 RR05 RR06 RR07 "
            + "RR09 RR10 RR11 RR12 SL01 SL02 SL03 " +
        "SL11 SL12 SL13 SL14 SL15 SL16 SL17 SL18 TK01 TK02 TK03 TK09 TKCM TKSG TKSP TKVE TKXP TM01 UPAY";

    /// <summary>
    /// The same set: a duplicate. It refuses the copy and says nothing about the original, which may be paid.
    /// </summary>
    internal const string Copy =
        "AB12 AM05 DS15 DU01 DU02 DU03 DU04 DU05 DUPL RF01";

    /// <summary>
    /// The same set: about the transmission. An earlier transmission of the same file may have been accepted.
    /// </summary>
    internal const string Transmission =
        "DS01 DS03 DS05 DS06 DS07 DS18 ID01 TA01 TD01 TD02 TD03 TS01 TS04";

    /// <summary>The same set: the order was or is being executed, which contradicts RJCT.</summary>
    internal const string Carried =
        "CH19 CHQC DT06 G000 G001 G002 G003 G004 G005 G006 RR08";

    /// <summary>
    /// The same set: about returned money, a recall or an inquiry. Only the booking proves it, not this code.
    /// </summary>
    internal const string Undone =
        "AG09 AG13 CHCO CHRG FF12 FF13 FOCR FR01 MD06 NOAS RCON RUTA S000 S001 S002 S003 S004";

    /// <summary>
    /// The same set: about settlement batches between banks and requests to pay, which we never send.
    /// </summary>
    internal const string Elsewhere =
        "AB13 AB15 AB21 AB26 BDAY ISWS NOFR SBRN AEXR ALAC APAR ARFR ARJR ATNS CNNS EDNA EDTL EDTR IEDT INAR IPNS "
            + "IRNR NOAR NOPG NRCH OSNS PINS RECI " +
        "REPR RQNR RTNS SNRD SPII UCRD";

    /// <summary>The same set: "see the free text", which no program reads.</summary>
    internal const string Narrative =
        "NARR";

    /// <summary>ExternalReturnReason1Code: why booked money came back.</summary>
    internal const string Returned =
        "AC01 AC02 AC03 AC04 AC06 AC07 AC13 AC14 AC15 AC16 AC17 AG01 AG02 AG07 AGNT AM01 AM02 AM03 AM04 AM06 AM07 "
            + "AM09 AM10 BE01 BE04 BE05 BE06 BE07 " +
        "BE08 BE10 BE11 BE16 BE17 CN01 CNOR CNPC CURR CUST DC04 DNOR DS28 DT01 DT02 DT04 ED01 ED03 ED05 EMVL ERIN "
            + "FF03 FF04 FF05 FF06 FF07 FOCR FR01 " +
        "FRTR MD01 MD02 MD05 MD06 MD07 MS02 MS03 NARR NOAS NOCM PINL RC01 RC03 RC04 RC07 RC08 RC11 RF01 RR01 RR02 "
            + "RR03 RR04 RR05 RR06 RR07 RR08 RR09 " +
        "RR11 RR12 RUTA SL01 SL02 SL11 SL12 SL13 SL14 SP01 SP02 SVNR TM01 TRAC UPAY";

    /// <summary>
    /// The same set: a duplicate came back, so another payment was made; or there was nothing to return.
    /// </summary>
    internal const string ReturnDoubted =
        "AM05 ARDT DUPL G004 NOOR";

    /// <summary>
    /// ExternalPaymentCancellationRejection1Code: the order remains, or the bank has not decided. Neither frees the
    /// obligation.
    /// </summary>
    internal const string RecallRefused =
        "AACR AC04 ACLR ADAC AEXR AGNT AM04 ARFR ARJR ARPL CUST IDMN LEGL NARR NOAS PATE PTNA RCAR RCNR RCPR RQDA "
            + "RR04 URTP WSEQ";

    /// <summary>
    /// The same set: already returned, which only the booking proves; or never received, and it may still arrive.
    /// </summary>
    internal const string RecallDoubted =
        "ARDT NOOR";
}
