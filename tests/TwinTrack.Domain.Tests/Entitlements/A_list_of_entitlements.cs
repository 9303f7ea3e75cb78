using System.Security.Cryptography;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Entitlements;

public sealed class A_list_of_entitlements
{
    private static readonly EntitlementId One = Id('1');
    private static readonly EntitlementId Two = Id('2');
    private static readonly EntitlementId Three = Id('3');

    [Fact]
    public void Of_nobody_has_the_hash_of_nothing()
    {
        using var list = new ListHash();

        (list.Count, list.SumMinor).Should().Be((0, 0));
        list.ToHex().Should().Be(Convert.ToHexStringLower(SHA256.HashData([])));
    }

    [Fact]
    public void Does_not_take_an_id_that_names_nothing()
    {
        using var list = new ListHash();

        list.Invoking(it => it.Add(default, 7)).Should().Throw<InvalidOperationException>();

        (list.Count, list.SumMinor).Should().Be((0, 0));
    }

    [Fact]
    public void Holds_no_entitlement_twice()
    {
        using var list = Of((One, 100));

        list.Invoking(it => it.Add(One, 100)).Should().Throw<InvalidOperationException>();

        (list.Count, list.SumMinor).Should().Be((1, 100));
    }

    [Fact]
    public void Goes_upwards_only()
    {
        using var list = Of((Two, 100));

        list.Invoking(it => it.Add(One, 100)).Should().Throw<InvalidOperationException>();

        list.ToHex().Should().Be(Hex((Two, 100)), "what was refused is not hashed");
    }

    [Fact]
    public void Has_another_hash_for_another_id_or_amount_or_for_a_lost_row()
    {
        string[] hashes =
        [
            Hex((One, 100), (Two, 250)), Hex((One, 101), (Two, 249)), Hex((One, 100), (Three, 250)), Hex((One, 350)),
        ];

        hashes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void May_be_asked_for_its_hash_before_it_is_complete()
    {
        using var list = Of((One, 100));
        list.ToHex().Should().Be(Hex((One, 100)));

        list.Add(Two, 250);

        list.ToHex().Should().Be(Hex((One, 100), (Two, 250)));
    }

    private static string Hex(params (EntitlementId Id, long AmountMinor)[] rows)
    {
        using var list = Of(rows);
        return list.ToHex();
    }

    private static ListHash Of(params (EntitlementId Id, long AmountMinor)[] rows)
    {
        var list = new ListHash();
        foreach (var (id, amountMinor) in rows)
        {
            list.Add(id, amountMinor);
        }

        return list;
    }

    private static EntitlementId Id(char last) => EntitlementId.Parse("ent_" + new string('0', 31) + last, null);
}
