using System.Text;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>Networks for tests.</summary>
internal static class NetworkTexts
{
    /// <summary>The design's example.</summary>
    public const string Brunel =
        """
        parameters:
          scale: 1
          g: 5
          eta: 2
          J: 0.1 mV
          theta: 20 mV
          C: 1000*scale
        populations:
          E: { model: lif, n: 10000*scale, tau: 20 ms, threshold: theta, reset: 10 mV, refractory: 2 ms }
          I: { like: E, n: 2500*scale }
        projections:
          - { from: E, to: [E, I], in_degree: C,   weight: J,    delay: 1.5 ms }
          - { from: I, to: [E, I], in_degree: C/4, weight: -g*J, delay: 1.5 ms }
        inputs:
          - { to: [E, I], poisson: eta*theta/(J*E.tau), weight: J }
        initial:
          - { of: [E, I], V: { uniform: [0 mV, theta] } }
        """;

    /// <summary>A valid population of ten neurons in mV; append to it.</summary>
    public const string OnePopulation =
        """
        populations:
          E: { model: lif, n: 10, tau: 20 ms, threshold: 20 mV, reset: 10 mV }

        """;

    public static NetworkTemplate Read(string text, params IEnumerable<(string Name, string Text)> files) =>
        NetworkTemplate.Parse(text, "n.yaml", FilesOf(files));

    public static NetworkFiles FilesOf(IEnumerable<(string Name, string Text)> files) =>
        NetworkFiles.Of(files.ToDictionary(file => file.Name, file => (Func<Stream>)(() => new MemoryStream(Encoding.UTF8.GetBytes(file.Text)))));

    public static NetworkDescription Describe(string text, params IEnumerable<(string Name, string Text)> files)
    {
        var evaluation = Read(text, files).Evaluate(NetworkValues.Empty);
        Assert.Empty(evaluation.Errors);
        return evaluation.Description!;
    }

    /// <summary>What is wrong with a network, whenever it is found, one per line.</summary>
    public static string ErrorsOf(string text, params IEnumerable<(string Name, string Text)> files)
    {
        try
        {
            return string.Join('\n', Read(text, files).Evaluate(NetworkValues.Empty).Errors);
        }
        catch (SweepFileException invalid)
        {
            return invalid.Message;
        }
    }

    /// <summary>The network with values that are given as text.</summary>
    public static NetworkEvaluation Evaluate(NetworkTemplate template, params IEnumerable<(string Name, string Value)> given)
    {
        var values = NetworkValues.Empty;
        foreach (var (name, text) in given)
        {
            var parameter = template.Find(name) ?? throw new ArgumentException(template.UnknownParameter(name));
            var value = parameter.Read(text, out var fault);
            Assert.Null(fault);
            values = values.With(parameter.ValueOf(value!.Value));
        }

        return template.Evaluate(values);
    }
}
