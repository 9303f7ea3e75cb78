using System.Security.Cryptography;
using TwinTrack.Platform.Security;

namespace TwinTrack.Platform.Tests;

public sealed class A_sealed_value
{
    private static readonly Sealer Ours = new(Enumerable.Repeat((byte)7, 32).ToArray());
    private static readonly Sealer Theirs = new(Enumerable.Repeat((byte)8, 32).ToArray());

    [Fact]
    public void Opens_to_what_it_was() => Ours.Open(Ours.Seal("آمنة +22790000000")).Should().Be("آمنة +22790000000");

    [Fact]
    public void Looks_different_each_time() => Ours.Seal("same").Should().NotBe(Ours.Seal("same"));

    [Fact]
    public void Does_not_open_under_another_key() =>
        FluentActions.Invoking(() => Theirs.Open(Ours.Seal("x"))).Should().Throw<CryptographicException>();

    [Fact]
    public void Does_not_open_when_a_bit_was_changed()
    {
        var bytes = Convert.FromBase64String(Ours.Seal("the amount is due"));
        for (var index = 0; index < bytes.Length; index++)
        {
            var changed = (byte[])bytes.Clone();
            changed[index] ^= 1;
            FluentActions.Invoking(() => Ours.Open(Convert.ToBase64String(changed))).Should()
                .Throw<CryptographicException>(Invariant($"byte {index} was changed"));
        }
    }

    [Fact]
    public void Has_a_fingerprint_that_only_the_key_can_make()
    {
        Ours.Fingerprint("+227").Should().Be(Ours.Fingerprint("+227")).And.HaveLength(64);
        Ours.Fingerprint("+227").Should().NotBe(Theirs.Fingerprint("+227"));
    }
}
