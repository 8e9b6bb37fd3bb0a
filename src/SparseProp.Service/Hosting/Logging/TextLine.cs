using System.Globalization;
using Microsoft.Extensions.Logging;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>An entry of the log as a line for people: <c>warn: category: message</c>, without what Akka puts around it.</summary>
internal static class TextLine
{
    /// <param name="level">How grave it is.</param>
    /// <param name="category">The part of the program that it is from.</param>
    /// <param name="text">What it says.</param>
    /// <param name="exception">The fault that led to it.</param>
    public static string Write(LogLevel level, string category, string text, Exception? exception)
    {
        var (message, source) = AkkaLine.Split(text, exception);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{WordOf(level)}: {category}: {(source is null ? "" : $"[{source}] ")}{message}{(exception is null ? "" : $" {exception}")}");
        return VisibleText.Line(line.ReplaceLineEndings(" "));
    }

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
