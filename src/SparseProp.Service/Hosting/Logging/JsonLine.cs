using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>A log line as one JSON object: <c>time</c>, <c>level</c>, <c>category</c>, <c>message</c>, and what is known of the rest.</summary>
internal static partial class JsonLine
{
    private const string Cause = "\nCause: ";

    // Read by programs, not by browsers.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Names of the places in messages, and of the fields they become.
    private static readonly (string Place, string Field)[] Subjects = [("Sweep", "sweep"), ("Point", "point"), ("Worker", "worker")];

    /// <param name="time">When it was written.</param>
    /// <param name="level">How grave it is.</param>
    /// <param name="category">The part of the program that it is from.</param>
    /// <param name="message">What it says; what Akka puts in front is taken off, and the actor's path becomes a field.</param>
    /// <param name="exception">The fault that led to it.</param>
    /// <param name="values">What stands in the places of the message, and more that is known.</param>
    public static string Write(
        DateTimeOffset time, LogLevel level, string category, string message, Exception? exception, IReadOnlyDictionary<string, object?> values)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            var prefix = AkkaPrefix().Match(message);
            var notice = values.Values.OfType<SweepNotice>().FirstOrDefault();
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("category", category);
            json.WriteString("message", prefix.Success ? WithoutCause(message[prefix.Length..], exception) : message);
            foreach (var (place, field) in Subjects)
            {
                WriteSubject(json, field, values.GetValueOrDefault(place) ?? SubjectOf(notice, place));
            }

            WriteSubject(json, "actor", prefix.Success ? prefix.Groups["actor"].Value : null);
            WriteSubject(json, "exception", exception);
            json.WriteEndObject();
        }

        return VisibleText.Line(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    private static object? SubjectOf(SweepNotice? notice, string place) => place switch
    {
        "Point" => notice?.Subject.Point,
        "Worker" => notice?.Subject.Worker,
        _ => null,
    };

    private static void WriteSubject(Utf8JsonWriter json, string field, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long or int:
                json.WriteNumber(field, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString(field, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    // Akka repeats the exception, which has its own field.
    private static string WithoutCause(string message, Exception? exception) =>
        exception is not null && message.IndexOf(Cause, StringComparison.Ordinal) is >= 0 and var at ? message[..at].TrimEnd('\r') : message;

    // [INFO][03/01/2026 12:00:00.000Z][Thread 0008][akka://sparseprop/user/sweeps] and then the message.
    [GeneratedRegex(
        @"^\[(?:DEBUG|INFO|WARNING|ERROR)\]\[[^\]]*\]\[Thread \d+\]\[(?<actor>.+?)\](?: |$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex AkkaPrefix();
}
