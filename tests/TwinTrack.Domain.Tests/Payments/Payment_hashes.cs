using System.Security.Cryptography;
using System.Text;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Payment_hashes
{
    private static readonly ObligationId One = new(new Guid("00000000-0000-0000-0000-000000000001"));
    private static readonly ObligationId Two = new(new Guid("00000000-0000-0000-0000-000000000002"));

    [Fact]
    public void A_batch_is_hashed_by_its_lines_so_that_anyone_can_check_it()
    {
        using var hash = new LineHash();
        hash.Add(One, 100, "t1-momo", "f1");
        hash.Add(Two, 250, null, "f2");

        hash.Hex().Should()
            .Be(Sha256(
                "obl_00000000000000000000000000000001|100|t1-momo|f1\nobl_00000000000000000000000000000002|250|-|"
                    + "f2\n"));
        (hash.Count, hash.SumMinor).Should().Be((2, 350));
    }

    [Fact]
    public void A_cycle_and_a_switch_are_hashed_by_id_and_amount()
    {
        using var cycle = new LineHash();
        cycle.Add(new EntitlementId(One.Value), 7);
        cycle.Hex().Should().Be(Sha256("ent_00000000000000000000000000000001|7\n"));
        using var list = new LineHash();
        list.Add(One, 7);
        list.Hex().Should().Be(Sha256("obl_00000000000000000000000000000001|7\n"));
        (list.Count, list.SumMinor).Should().Be((1, 7));
    }

    [Fact]
    public void A_forced_move_is_hashed_by_instruction_and_amount()
    {
        using var list = new LineHash();
        list.Add(new InstructionId(One.Value), 7);
        list.Add(new InstructionId(Two.Value), 8);

        list.Hex().Should().Be(
            Sha256("ins_00000000000000000000000000000001|7\nins_00000000000000000000000000000002|8\n"));
        (list.Count, list.SumMinor).Should().Be((2, 15));
    }

    [Fact]
    public void A_remainder_has_one_id_for_ever_and_not_its_parents()
    {
        Remainder.IdOf(One).Should().Be(Remainder.IdOf(One));
        Remainder.IdOf(One).Should().NotBe(One).And.NotBe(Remainder.IdOf(Two));
        Remainder.ComponentOf("base").Should().Be("base.remainder");
    }

    [Fact]
    public void The_same_contradiction_of_one_instruction_is_one_incident()
    {
        var instruction = new InstructionId(One.Value);

        IncidentId.Of(instruction, Contradiction.LateSuccess).Should()
            .Be(IncidentId.Of(instruction, Contradiction.LateSuccess));
        IncidentId.Of(instruction, Contradiction.LateSuccess).Should()
            .NotBe(IncidentId.Of(instruction, Contradiction.ConflictingReports));
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
