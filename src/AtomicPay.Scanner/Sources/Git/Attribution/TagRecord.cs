using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Git.Attribution;

/// <summary>What attribution needs of an annotated tag: what it points to, and when it was made.</summary>
internal sealed record TagRecord(ObjectId Id, ObjectId Target, DateTimeOffset? Date)
{
    /// <summary>How far tags of tags are followed. One cannot hold its own hash, but a damaged database may say that it does.</summary>
    public const int MostNested = 1000;

    public static TagRecord? TryParse(ObjectId id, ReadOnlySpan<byte> content)
    {
        const string Field = "object ";
        var end = content.IndexOf((byte)'\n');
        return end > 0 && content.StartsWith("object "u8) && ObjectId.TryParse(content[Field.Length..end]) is { } target
            ? new TagRecord(id, target, CommitRecord.DateOf(content, "tagger "u8))
            : null;
    }
}
