using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class A_certificate_of_a_batch
{
    private static readonly ReleasedBatch Batch = new()
    {
        Id = BatchId.From(new Guid(1, 0, 0, new byte[8])),
        CycleId = CycleId.From(new Guid(2, 0, 0, new byte[8])),
        Programme = "NE-SSN",
        Currency = "XOF",
        Count = 10,
        SumMinor = 1_000,
        ContentHash = "c0ffee",
        ReleasedAt = default,
    };

    /// <summary>Anybody can take the hash again from the text, so the text must never change.</summary>
    [Fact]
    public void Is_written_as_one_text_with_every_figure_in_a_fixed_order()
    {
        var certificate = Certificate.Of(
            Batch, Figures_of_a_batch.Balanced, [new CertifiedStatement("sta_1", "t1-momo", "beef", 6, 560, 0)],
            new CertifiedBreaks(2, 1), new Actor("ada", "government"), DateTimeOffset.UnixEpoch);

        certificate.ToJson().Should().Be("""
            {"batchId":"bat_00000001000000000000000000000000",
            "cycleId":"cyc_00000002000000000000000000000000","programme":"NE-SSN","currency":"XOF",
            "contentHash":"c0ffee","obligations":{"count":10,"sumMinor":1000},
            "settled":{"count":6,"sumMinor":560},"unpaid":{"count":3,"sumMinor":300},
            "noInstruction":{"count":1,"sumMinor":100},"followedUp":{"count":0,"sumMinor":0},
            "undelivered":{"count":1,"sumMinor":40},
            "settledTwice":0,"byState":[{"state":"Settled","count":6,"sumMinor":560},
            {"state":"Rejected","count":3,"sumMinor":300}],"byTrack":[
            {"track":1,"count":4,"sumMinor":400},{"track":2,"count":5,"sumMinor":500}],
            "byFundingSource":[{"fundingSource":"treasury","count":9,"sumMinor":900}],
            "statements":[{"id":"sta_1","channel":"t1-momo","sha256":"beef","lines":6,
            "paidMinor":560,"returnedMinor":0}],"breaks":{"resolved":2,"writtenOff":1},
            "ledger":{"committedMinor":1000,"inFlightMinor":0,"disbursedMinor":560,
            "stillCommittedMinor":440},"ledgerSumMinor":0,"incidents":[{"kind":"paid_twice",
            "fundingSource":"treasury","count":1,"lossMinor":90,"recoveredMinor":50,
            "writtenOffMinor":0,"owedMinor":0,"givenBackMinor":0,"standsMinor":0,"riskedMinor":0,
            "riskEndedMinor":0}],"certifiedBy":"ada@government",
            "certifiedAt":"1970-01-01T00:00:00+00:00"}
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("é", "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c")]
    public void Has_the_sha_256_of_its_utf_8_bytes(string json, string hash) =>
        Certificate.HashOf(json).Should().Be(hash);
}
