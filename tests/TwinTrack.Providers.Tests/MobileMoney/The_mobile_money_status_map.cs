using TwinTrack.Providers.Domain;
using TwinTrack.Providers.MobileMoney;

namespace TwinTrack.Providers.Tests.MobileMoney;

public class The_mobile_money_status_map
{
    // Every row, drawn by hand, so that none appears unlooked-at.
    private const string Picture = """
        requeststate pending                    Accepted C
        requeststate completed                  Accepted C
        requeststate failed                     Rejected A
        requeststate failed/duplicateRequest    Unknown  D
        batch        created                    Accepted C
        batch        approved                   Accepted C
        batch        completed                  Accepted C
        completions  LISTED                     Settled  A
        rejections   LISTED                     Rejected A
        rejections   LISTED/duplicateRequest    Unknown  D
        transaction  pending                    Accepted C
        transaction  completed                  Settled  A
        transaction  failed                     Rejected A
        reversal     completed                  Returned B
        reversal     pending                    Unknown  C
        reversal     failed                     RecallRefused C
        refusal      formatError                Rejected A
        refusal      lengthError                Rejected A
        refusal      negativeValue              Rejected A
        refusal      mandatoryValueNotSupplied  Rejected A
        refusal      currencyNotSupported       Rejected A
        refusal      transactionTypeError       Rejected A
        refusal      samePartiesError           Rejected A
        refusal      duplicateRequest           Unknown  D
        refusal      clientAuthorisationError   Unknown  D
        refusal      insufficientFunds          Unknown  D
        refusal      rateLimitError             Unknown  D
        refusal      identifierError            Unknown  D
        refusal      genericError               Unknown  D
        """;

    [Fact]
    public void Is_the_picture()
    {
        var rows = MobileMoneyStatusMap.Table.Rows.Select(
            row => $"{row.Message,-12} {row.Code,-26} {row.Outcome,-8} {row.Grade}");

        rows.Should().Equal(Picture.Split('\n'));
    }

    [Theory]
    [InlineData("Completed")]
    [InlineData("COMPLETED")]
    public void Reads_words_whatever_their_case(string word) =>
        MobileMoneyStatusMap.Read("transaction", word).Outcome.Should().Be(Outcome.Settled);

    [Theory]
    [InlineData("transaction", "reversed")]
    [InlineData("batch", "cancelled")]
    [InlineData("requeststate", "expired")]
    [InlineData("refusal", "somethingNew")]
    [InlineData("nothing", "completed")]
    [InlineData("transaction", null)]
    public void Knows_nothing_of_a_word_that_is_not_listed(string message, string? word)
    {
        var verdict = MobileMoneyStatusMap.Read(message, word);

        verdict.Outcome.Should().Be(Outcome.Unknown);
        verdict.Grade.Should().Be(Grade.D);
    }

    [Fact]
    public void Keeps_the_reason_as_the_code_for_people()
    {
        MobileMoneyStatusMap.Read("rejections", "LISTED", "maxBalanceExceeded").Should()
            .Be(new Verdict(Outcome.Rejected, Grade.A, "maxBalanceExceeded"));
        MobileMoneyStatusMap.Read("rejections", "LISTED", "DuplicateRequest").Frees.Should()
            .BeFalse("a copy's refusal says nothing of the original");
    }
}
