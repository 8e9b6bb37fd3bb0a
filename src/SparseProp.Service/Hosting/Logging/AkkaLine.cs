using System.Text.RegularExpressions;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>What Akka puts around a message of its log.</summary>
internal static partial class AkkaLine
{
    private const string Cause = "\nCause: ";

    /// <summary>The message alone, and who said it; null where Akka has put nothing around it.</summary>
    /// <param name="text">As it comes from Akka.</param>
    /// <param name="exception">The fault that led to it, which Akka repeats in the text.</param>
    public static (string Message, string? Source) Split(string text, Exception? exception)
    {
        var prefix = Prefix().Match(text);
        return prefix.Success ? (WithoutCause(text[prefix.Length..], exception), prefix.Groups["source"].Value) : (text, null);
    }

    private static string WithoutCause(string message, Exception? exception) =>
        exception is not null && message.IndexOf(Cause, StringComparison.Ordinal) is >= 0 and var at ? message[..at].TrimEnd('\r') : message;

    // [INFO][03/01/2026 12:00:00.000Z][Thread 0008][akka://sparseprop/user/sweeps] and then the message.
    [GeneratedRegex(
        @"^\[(?:DEBUG|INFO|WARNING|ERROR)\]\[[^\]]*\]\[Thread \d+\]\[(?<source>.+?)\](?: |$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
