using System.Buffers.Text;
using System.Collections.Immutable;
using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>What attribution needs of a commit.</summary>
internal sealed record CommitRecord(ObjectId Id, ObjectId Tree, ImmutableArray<ObjectId> Parents, DateTimeOffset? AuthorDate)
{
    /// <summary>Reads a commit object; null when it does not begin as one must.</summary>
    public static CommitRecord? TryParse(ObjectId id, ReadOnlySpan<byte> content)
    {
        if (TryTakeId(ref content, "tree "u8) is not { } tree)
        {
            return null;
        }

        var parents = ImmutableArray.CreateBuilder<ObjectId>();
        while (TryTakeId(ref content, "parent "u8) is { } parent)
        {
            parents.Add(parent);
        }

        return new CommitRecord(id, tree, parents.DrainToImmutable(), DateOf(content, "author "u8));
    }

    /// <summary>The date at the end of a line such as <c>author A U Thor &lt;a@example.com&gt; 1772445600 -0300</c>; null when there is none.</summary>
    public static DateTimeOffset? DateOf(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> field)
    {
        while (!headers.IsEmpty && headers[0] != '\n')
        {
            var end = headers.IndexOf((byte)'\n');
            var line = end < 0 ? headers : headers[..end];
            if (line.StartsWith(field))
            {
                return ParseDate(line[(line.LastIndexOf((byte)'>') + 1)..].Trim((byte)' '));
            }

            headers = end < 0 ? [] : headers[(end + 1)..];
        }

        return null;
    }

    private static DateTimeOffset? ParseDate(ReadOnlySpan<byte> text)
    {
        const int MinutesOfWidestZone = 14 * 60;
        var lastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - (MinutesOfWidestZone * 60);
        if (!Utf8Parser.TryParse(text, out long seconds, out var used) || seconds < 0 || seconds > lastSecond)
        {
            return null;
        }

        var date = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var hasZone = Utf8Parser.TryParse(text[used..].Trim((byte)' '), out int zone, out _);
        var minutes = (zone / 100 * 60) + (zone % 100);
        return hasZone && Math.Abs(minutes) <= MinutesOfWidestZone ? date.ToOffset(TimeSpan.FromMinutes(minutes)) : date;
    }

    private static ObjectId? TryTakeId(ref ReadOnlySpan<byte> content, ReadOnlySpan<byte> field)
    {
        var end = content.IndexOf((byte)'\n');
        if (end < 0 || !content.StartsWith(field) || ObjectId.TryParse(content[field.Length..end]) is not { } id)
        {
            return null;
        }

        content = content[(end + 1)..];
        return id;
    }
}
