using System.Text;

namespace SparseProp.Sweeps.Tests;

public sealed class LoadTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void AFileIsNamedAsTheUserNamedIt()
    {
        File.WriteAllText(_path, Sweeps.OnePoint);

        var spec = SweepFile.Load(_path);

        Assert.Equal(_path, spec.FileName);
        Assert.Equal(Sweeps.OnePoint, spec.Text);
    }

    [Fact]
    public void WhatIsNotUtf8IsRefusedNamingTheByte()
    {
        File.WriteAllBytes(_path, [.. "name: "u8, 0xFF]);

        var error = Assert.Throws<SweepFileException>(() => SweepFile.Load(_path));

        Assert.Equal($"{_path}:1:7: not UTF-8 text: byte 7 begins no character; save the file as UTF-8", error.Message);
    }

    [Fact]
    public void TheLastByteThatFitsIsRead()
    {
        var comment = new string('#', (1 << 20) - Encoding.UTF8.GetByteCount(Sweeps.OnePoint));
        File.WriteAllText(_path, Sweeps.OnePoint + comment);
        Assert.Equal("t", SweepFile.Load(_path).Name);

        File.AppendAllText(_path, "#");
        Assert.EndsWith("write ranges instead of long lists", Assert.Throws<SweepFileException>(() => SweepFile.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsNoInvalidSweep()
    {
        Assert.ThrowsAny<IOException>(() => SweepFile.Load(_path + ".missing"));
    }
}
