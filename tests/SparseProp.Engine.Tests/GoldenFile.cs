using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace SparseProp.Engine.Tests;

/// <summary>Values computed by the reference implementation of the published scripts; numbers there count from 1.</summary>
internal static class GoldenFile
{
    public static JsonElement[] Entries(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("entries").EnumerateArray().Select(e => e.Clone())];
    }

    public static ulong Bits(JsonElement hex) =>
        ulong.Parse(hex.GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static ulong[] AllBits(JsonElement hexes) => [.. hexes.EnumerateArray().Select(Bits)];

    public static int[] Integers(JsonElement numbers) => [.. numbers.EnumerateArray().Select(e => e.GetInt32())];

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
