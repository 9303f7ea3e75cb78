using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class A_released_batch
{
    private static readonly Actor Ada = new("ada", "government");
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    [Fact]
    public void That_is_signed_waits_for_the_answer_of_payments()
    {
        var batch = Signed();

        (batch.State, batch.Certificate, batch.CertificateHash, batch.CertifiedBy, batch.CertifiedAt).Should()
            .Be((BatchState.Closing, "{}", "h1", "ada@government", At));
        batch.Version.Should().Be(1);
    }

    [Fact]
    public void Is_certified_when_payments_confirms_the_same_certificate()
    {
        var batch = Signed();

        batch.Confirm("h1").Should().BeOfType<Result<ReleasedBatch>.Ok>();

        (batch.State, batch.CertificateHash, batch.Version).Should().Be((BatchState.Certified, "h1", 2));
        batch.NotClosedBecause.Should().BeNull();
    }

    [Fact]
    public void Loses_its_certificate_when_payments_finds_a_payment_that_waits()
    {
        var batch = Signed();

        batch.Refuse("h1", "1 payment waits").Should().BeOfType<Result<ReleasedBatch>.Ok>();

        (batch.State, batch.Certificate, batch.CertificateHash, batch.CertifiedBy, batch.CertifiedAt).Should()
            .Be((BatchState.Open, null, null, null, null));
        (batch.NotClosedBecause, batch.Version).Should().Be(("1 payment waits", 2));
    }

    [Fact]
    public void Keeps_its_state_when_the_answer_is_about_another_certificate()
    {
        var batch = Signed();

        Code(batch.Confirm("h0")).Should().Be("certificate.another");
        Code(batch.Refuse("h0", "1 payment waits")).Should().Be("certificate.another");

        (batch.State, batch.CertificateHash, batch.Version).Should().Be((BatchState.Closing, "h1", 1));
    }

    [Fact]
    public void Takes_no_second_answer_to_one_certificate()
    {
        var batch = Signed();
        batch.Confirm("h1");

        Code(batch.Confirm("h1")).Should().Be("lifecycle.not_allowed");
        Code(batch.Refuse("h1", "too late")).Should().Be("lifecycle.not_allowed");

        (batch.State, batch.CertificateHash, batch.Version).Should().Be((BatchState.Certified, "h1", 2));
    }

    [Fact]
    public void That_was_refused_is_certified_by_a_new_certificate_only()
    {
        var batch = Signed();
        batch.Refuse("h1", "1 payment waits");
        Code(batch.Confirm("h1")).Should().Be("certificate.another");

        batch.Sign("{\"second\":1}", "h2", new Actor("ben", "government"), At.AddDays(1));
        batch.Confirm("h2");

        (batch.State, batch.Certificate, batch.CertifiedBy).Should()
            .Be((BatchState.Certified, "{\"second\":1}", "ben@government"));
    }

    [Fact]
    public void Is_signed_once()
    {
        var batch = Signed();

        Code(batch.Sign("[]", "h2", new Actor("ben", "government"), At)).Should().Be("lifecycle.not_allowed");

        (batch.Certificate, batch.CertificateHash, batch.CertifiedBy, batch.Version).Should()
            .Be(("{}", "h1", "ada@government", 1));
    }

    private static ReleasedBatch Signed()
    {
        var batch = new ReleasedBatch
        {
            Id = BatchId.New(TimeProvider.System),
            CycleId = CycleId.New(TimeProvider.System),
            Programme = "NE-SSN",
            Currency = "XOF",
            Count = 10,
            SumMinor = 1_000,
            ContentHash = "c0ffee",
            ReleasedAt = default,
        };
        batch.Sign("{}", "h1", Ada, At).Should().BeOfType<Result<ReleasedBatch>.Ok>();
        return batch;
    }

    private static string Code(Result<ReleasedBatch> result) => result.Match(_ => "", refusal => refusal.Code);
}
