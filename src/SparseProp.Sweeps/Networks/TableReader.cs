using System.Globalization;
using System.IO.Hashing;
using System.Text;
using SparseProp.Engine;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads a table line by line, bounded in every direction. Rows that are left out of it cost no memory.</summary>
internal sealed class TableReader(Stream stream, string name, char separator)
{
    /// <summary>Bytes of one file.</summary>
    private const long MostBytes = 4L << 30;

    /// <summary>A hundred million synapses fit.</summary>
    private const int MostRows = 200_000_000;

    private const int MostColumns = 10_000;

    private const int LongestLine = 1 << 20;

    private const byte Quote = (byte)'"';

    private readonly XxHash128 _hash = new();
    private readonly byte[] _buffer = new byte[LongestLine + 1];
    private int _begin;
    private int _end;
    private long _bytes;
    private bool _isAtEnd;
    private int _line;

    public string ContentHash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <exception cref="DataFormatException">The file is no such table.</exception>
    public void Read(IReadOnlyList<ColumnRequest> requests)
    {
        var header = HeaderOf();
        var wanted = new List<ColumnRequest>?[header.Count];
        foreach (var request in requests)
        {
            (wanted[PlaceOf(request, header)] ??= []).Add(request);
        }

        var (rows, isAfterBlank) = (0, false);
        while (NextLine(out var line))
        {
            // At the end of a file they mean nothing.
            if (line.IsEmpty)
            {
                isAfterBlank = true;
                continue;
            }

            if (isAfterBlank)
            {
                throw Wrong(0, "the line before is blank; remove it");
            }

            if (++rows > MostRows)
            {
                throw Wrong(0, $"the file has more than {MostRows:N0} rows");
            }

            ReadRow(line, wanted);
        }
    }

    private int PlaceOf(ColumnRequest request, List<string> header)
    {
        if (request.Names.Count == 0)
        {
            return double.TryParse(header[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? throw Wrong(1, $"the first line has to name the columns, but it begins with the number {header[0]}")
                : 0;
        }

        foreach (var candidate in request.Names)
        {
            if (header.IndexOf(candidate) is >= 0 and var place)
            {
                return place;
            }
        }

        throw Wrong(0, $"there is no column `{request.Names[0]}`{NearestName.Hint(request.Names[0], header)}; there are {string.Join(", ", header.Take(20))}"
            + (request.Column is NumberColumn ? "" : $"; say which it is by `columns: {{ {request.Key}: … }}`"));
    }

    private List<string> HeaderOf()
    {
        if (!NextLine(out var line) || line.IsEmpty)
        {
            throw Wrong(0, "the file is empty; its first line has to name its columns");
        }

        if (line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        var header = new List<string>();
        var at = 0;
        while (NextField(line, ref at, out var field))
        {
            header.Add(Unquoted(field.Trim((byte)' ')));
            if (header.Count > MostColumns)
            {
                throw Wrong(0, $"the file has more than {MostColumns:N0} columns");
            }
        }

        return header;
    }

    private void ReadRow(ReadOnlySpan<byte> line, List<ColumnRequest>?[] wanted)
    {
        var (at, place) = (0, 0);
        while (NextField(line, ref at, out var field))
        {
            if (place < wanted.Length && wanted[place] is { } requests)
            {
                var plain = field.Trim((byte)' ');
                var value = plain.Contains(Quote) ? Encoding.UTF8.GetBytes(Unquoted(plain)) : plain;
                foreach (var request in requests)
                {
                    if (request.Column.Add(value) is { } fault)
                    {
                        throw Wrong(at - field.Length, $"{request.Key}: {fault}");
                    }
                }
            }

            place++;
        }

        if (place != wanted.Length)
        {
            throw Wrong(0, $"the line has {place} fields but the header names {wanted.Length}");
        }
    }

    // The field at a place of a line; the place moves behind it. A quoted one may hold separators.
    private bool NextField(ReadOnlySpan<byte> line, ref int at, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (at > line.Length)
        {
            return false;
        }

        var rest = line[at..];
        var length = rest.IndexOf((byte)separator);
        if (rest.Length > 0 && rest[0] == Quote)
        {
            var close = 1;
            while (close < rest.Length && (rest[close] != Quote || (close + 1 < rest.Length && rest[close + 1] == Quote)))
            {
                close += rest[close] == Quote ? 2 : 1;
            }

            if (close >= rest.Length)
            {
                throw Wrong(at + 1, "the quote \" is not closed in this line");
            }

            length = rest[close..].IndexOf((byte)separator) is >= 0 and var after ? close + after : -1;
        }

        field = length < 0 ? rest : rest[..length];
        at = length < 0 ? line.Length + 1 : at + length + 1;
        return true;
    }

    private static string Unquoted(ReadOnlySpan<byte> field)
    {
        var text = Encoding.UTF8.GetString(field);
        return text is ['"', .., '"'] ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>The next line without its end; false where there is none.</summary>
    private bool NextLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            var unread = _buffer.AsSpan(_begin.._end);
            if (unread.IndexOf((byte)'\n') is >= 0 and var length)
            {
                line = unread[..length];
                _begin += length + 1;
                break;
            }

            if (_isAtEnd)
            {
                if (unread.IsEmpty)
                {
                    return false;
                }

                line = unread;
                _begin = _end;
                break;
            }

            Fill();
        }

        _line++;
        line = line is [.., (byte)'\r'] ? line[..^1] : line;
        return true;
    }

    private void Fill()
    {
        _buffer.AsSpan(_begin.._end).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _buffer.Length)
        {
            throw Wrong(0, $"the line is longer than {LongestLine:N0} bytes; is this a table?");
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _hash.Append(_buffer.AsSpan(_end, read));
        (_end, _bytes, _isAtEnd) = (_end + read, _bytes + read, read == 0);
        if (_bytes > MostBytes)
        {
            throw Wrong(0, $"the file is larger than {MostBytes >> 30} GiB");
        }
    }

    private DataFormatException Wrong(int column, string message) =>
        new(column > 0 ? $"{name}:{_line}:{column}: {message}" : _line > 0 ? $"{name}:{_line}: {message}" : $"{name}: {message}");
}
