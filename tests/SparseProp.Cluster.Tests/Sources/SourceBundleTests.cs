using CsCheck;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Manifests;

namespace SparseProp.Cluster.Tests.Sources;

public sealed class SourceBundleTests
{
    private static readonly SourceBundle Bundle = SourceBundle.Of(NetworkSweep.Spec);

    [Fact]
    public void ItNamesTheFilesOfASweepByTheirContent()
    {
        Assert.Equal((NetworkSweep.Name, NetworkSweep.Text), (Bundle.Sweep, Bundle.Text));
        Assert.Equal(
            NetworkSweep.Texts.OrderBy(file => file.Key).Select(file => new DataFile(
                file.Key, SourceBundle.HashOf(System.Text.Encoding.UTF8.GetBytes(file.Value)), file.Value.Length)),
            Bundle.Files.OrderBy(file => file.Name));
    }

    [Fact]
    public void ItArrivesAsItWasSent() => Assert.Equivalent(Bundle, SourceBundle.Read(Bundle.ToBytes()), strict: true);

    [Fact]
    public void EqualSweepsHaveEqualBundles() => Assert.Equal(Bundle.ToBytes(), SourceBundle.Of(NetworkSweep.Spec).ToBytes());

    [Theory]
    [InlineData("../tiny", "ab", 1)]
    [InlineData("tiny", "../../etc/passwd", 1)]
    [InlineData("tiny", "", -1)]
    [InlineData("tiny", "", SourceBundle.MostFileBytes + 1)]
    public void WhatIsNoSourceIsRefused(string sweep, string hash, long bytes)
    {
        var file = new DataFile("e.csv", hash.Length > 0 ? hash : new string('a', 64), bytes);

        Assert.Throws<InvalidDataException>(() => SourceBundle.Read(new SourceBundle(sweep, "", [file]).ToBytes()));
    }

    [Fact]
    public void AnyBytesAreABundleOrAreRefused()
    {
        var whole = Bundle.ToBytes();
        Gen.Select(Gen.Int[0, whole.Length], Gen.Byte.Array[0, 40], Gen.Int[0, whole.Length]).Sample(
            (cut, noise, at) =>
            {
                byte[] bytes = [.. whole.Take(cut), .. noise, .. whole.Skip(at)];
                try
                {
                    SourceBundle.Read(bytes);
                }
                catch (InvalidDataException)
                {
                    // As it says.
                }
            },
            iter: 20_000,
            threads: 1);
    }
}
