using SparseProp.Client.Documents;

namespace SparseProp.Client;

/// <summary>The coordinator said no.</summary>
public sealed class CoordinatorException : Exception
{
    internal CoordinatorException(ProblemDocument problem)
        : base(problem.Detail) => Problem = problem;

    public ProblemDocument Problem { get; }
}

/// <summary>No coordinator could be reached that is ready. The message names every address and what was wrong there.</summary>
public sealed class CoordinatorUnreachableException : Exception
{
    internal CoordinatorUnreachableException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// A coordinator has answered in a form that is not known here, which no repetition mends. The message names the address and the place.
/// </summary>
public sealed class MalformedAnswerException : Exception
{
    internal MalformedAnswerException(string message)
        : base(message)
    {
    }
}
