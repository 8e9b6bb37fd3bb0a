using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>A log line as one JSON object: <c>time</c>, <c>level</c>, <c>category</c>, <c>message</c>, and what is known of the rest.</summary>
internal static class JsonLine
{
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
            var (said, actor) = AkkaLine.Split(message, exception);
            var notice = values.Values.OfType<SweepNotice>().FirstOrDefault();
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("category", category);
            json.WriteString("message", said);
            foreach (var (place, field) in Subjects)
            {
                WriteSubject(json, field, values.GetValueOrDefault(place) ?? SubjectOf(notice, place));
            }

            WriteSubject(json, "actor", actor);
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
}
