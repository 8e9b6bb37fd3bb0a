using System.Globalization;
using System.Text;
using CsCheck;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A request as anybody might send it: of a described operation, with likely and unlikely values.</summary>
internal sealed record AnyRequest(ApiOperation Operation, string Address, byte[]? Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Gen.String[Gen.Char['\u0000', '\u00ff'], 0, 40],
        Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.OneOf(
            "", "small", "w1", "0", "1", "-1", "1e3", "1001", "true", "false", "failed", "jsonl", "csv", "n,k", "rate_hz", "../small", "%2e%2e",
            "..", "small/..", "nul", "\0", "\ud800", "🧠", "' or 1=1", "{name}", new string('a', 300), new string('9', 30)));

    private static readonly Gen<byte[]?> Content = Gen.OneOf(
        Gen.Const((byte[]?)null),
        Gen.Byte.Array[0, 200].Select(bytes => (byte[]?)bytes),
        Gen.OneOf(
            "{}", "null", "[", """{"priority": 5}""", """{"priority": 1e99}""", """{"address": "127.0.0.1:1"}""", """{"address": null}""",
            SmallStore.Text, "name: small\nmodel: lif\n", "name: any\nmodel: lif\ngrid: { n: [100] }\nfixed: { k: 10 }\nstop: { spikes: 10 }\n",
            new string('[', 2000), new string(' ', 5000)).Select(text => (byte[]?)Encoding.UTF8.GetBytes(text)));

    private static readonly Gen<(string, string)[]> SomeHeaders = Gen.Select(
        Gen.OneOf("Accept", "Content-Type", "Origin", "If-None-Match", "Range", "Authorization", "X-Forwarded-For", "Accept-Encoding", "Last-Event-ID"),
        Gen.String[Gen.Char[' ', '~'], 0, 30]).Array[0, 3];

    /// <summary>Whether the answer goes on as long as the caller is there.</summary>
    public bool Follows => Address.Contains("follow=true", StringComparison.Ordinal);

    public static Gen<AnyRequest> Of(ApiContract contract) =>
        from operation in Gen.OneOf([.. contract.Operations])
        from values in Text.Array[operation.Parameters.Count]
        from given in Gen.Bool.Array[operation.Parameters.Count]
        from likely in Gen.Bool
        from body in Content
        from headers in SomeHeaders
        select new AnyRequest(operation, AddressOf(operation, values, given, likely), body, headers);

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Operation.Method), Address)
        {
            Content = Body is null || Operation.Method == "GET" ? null : new ByteArrayContent(Body),
        };
        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    public override string ToString() => $"{Operation.Method} {Address} {string.Join(' ', Headers)}";

    private static string AddressOf(ApiOperation operation, string[] values, bool[] given, bool likely)
    {
        var path = operation.Path;
        var query = new StringBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            var name = (string)operation.Parameters[i]["name"]!;
            if ((string)operation.Parameters[i]["in"]! == "path")
            {
                path = path.Replace($"{{{name}}}", likely ? Likely(name) : Part(values[i]), StringComparison.Ordinal);
            }
            else if (given[i])
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(values[i]));
            }
        }

        return path + query;
    }

    private static string Likely(string parameter) => parameter switch
    {
        "name" => "small",
        "worker" => "w1",
        _ => "2",
    };

    // An empty part, or one of dots, makes another route of it; Kestrel by itself refuses one with a null.
    private static string Part(string value) => value is "" or "." or ".." ? "x" : Uri.EscapeDataString(value.Replace('\0', 'x'));
}
