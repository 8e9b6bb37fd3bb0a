namespace SparseProp.Engine.Adjoint;

/// <summary>Spikes from outside of the network.</summary>
/// <param name="Times">When they come, in seconds from the begin of the run, in ascending order.</param>
/// <param name="Inputs">Where each comes from: inputs of the network, counted from 0.</param>
public sealed record InputSpikes(double[] Times, int[] Inputs)
{
    public static readonly InputSpikes None = new([], []);

    internal IEnumerable<string> Errors(int inputs)
    {
        if (Times is null || Inputs is null)
        {
            yield return "input spikes have times and inputs; InputSpikes.None has no spikes";
            yield break;
        }

        if (Times.Length != Inputs.Length)
        {
            yield return $"{Times.Length} times of input spikes, but {Inputs.Length} inputs; each spike has one of both";
        }

        if (Times.Any(time => !(time >= 0 && double.IsFinite(time))) || !Times.Zip(Times.Skip(1), (a, b) => a <= b).All(rises => rises))
        {
            yield return "times of input spikes are seconds from 0 in ascending order";
        }

        if (Inputs.Any(input => input < 0 || input >= inputs))
        {
            yield return inputs == 0 ? "the network has no inputs that could spike" : $"inputs are numbers from 0 to {inputs - 1}";
        }
    }
}
