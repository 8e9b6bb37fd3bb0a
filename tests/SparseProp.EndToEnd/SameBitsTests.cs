using System.Text.Json;

namespace SparseProp.EndToEnd;

public sealed class SameBitsTests
{
    [Theory]
    [InlineData("lif")]
    [InlineData("lif", "--excitatory-fraction", "0.8", "--g", "5")]
    [InlineData("qif")]
    [InlineData("qif-inhomogeneous", "--eta", "0.4")]
    [InlineData("eif")]
    [InlineData("eif", "--excitatory-fraction", "0.8", "--g", "5")]
    [InlineData("eif-chebyshev")]
    public async Task AProcessorWithoutVectorsOrWithNarrowOnesGivesTheSameSpikes(string model, params string[] options)
    {
        string[] network =
        [
            "simulate", "--model", model, .. options, "--n", "2000", "--k", "50", "--spikes", "20000", "--burn-in-spikes", "2000", "--json",
        ];
        var expected = await DigestAsync(network);

        Assert.Equal(expected, await DigestAsync(network, ("DOTNET_EnableHWIntrinsic", "0")));
        Assert.Equal(expected, await DigestAsync(network, ("DOTNET_EnableAVX2", "0")));
        Assert.Equal(expected, await DigestAsync(network, ("DOTNET_EnableAVX512F", "0")));
    }

    private static async Task<string> DigestAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Sparseprop.Start(environment, arguments);
        var run = await Sparseprop.FinishAsync(process);
        Assert.True(run.ExitCode == 0, run.Errors);
        return JsonDocument.Parse(run.Output).RootElement.GetProperty("digest").GetString()!;
    }
}
