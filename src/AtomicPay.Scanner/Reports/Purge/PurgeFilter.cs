using System.Collections.Immutable;
using System.Text;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;

namespace AtomicPay.Scanner.Reports.Purge;

/// <summary>
/// The Python module with which git filter-repo takes keys out: it knows them by place and by hash, so that no key stands in it.
/// A file of texts to replace, which git filter-repo also takes, would have to spell the keys, and would miss those that are encoded.
/// </summary>
internal static class PurgeFilter
{
    private const string Functions = """
        def _overwrite(data, ranges):
            if not ranges or ranges[-1][0] + ranges[-1][1] > len(data):
                return NOTICE
            data = bytearray(data)
            for start, length in ranges:
                data[start:start + length] = b"*" * length
            return bytes(data)


        def _sha256(text):
            return hashlib.sha256(text).hexdigest()


        def blob(blob):
            if blob.original_id in REPLACED:
                blob.data = NOTICE
            elif blob.original_id in OVERWRITTEN:
                blob.data = _overwrite(blob.data, OVERWRITTEN[blob.original_id])


        def message(commit_or_tag):
            if commit_or_tag.original_id in MESSAGES:
                commit_or_tag.message = _overwrite(commit_or_tag.message, MESSAGES[commit_or_tag.original_id])


        def filename(path):
            parts = path.split(b"/")
            return b"/".join(b"removed-" + _sha256(part)[:8].encode() if _sha256(part) in FILE_NAMES else part for part in parts)


        def refname(ref):
            if _sha256(ref) not in REF_NAMES:
                return ref
            return b"/".join(ref.split(b"/")[:2]) + b"/removed-" + _sha256(ref)[:8].encode()


        def person(text):
            return b"removed" if _sha256(text) in PEOPLE else text

        """;

    public static void Write(ImmutableArray<HistoryPurge> purges, string planName, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"# What to take out of a history, by place and by hash: no key stands here. The steps that use it stand in {planName}.");
        writer.WriteLine("# Written by AtomicPay.Scanner; by itself it does nothing.");
        writer.WriteLine("import hashlib");
        writer.WriteLine();
        writer.WriteLine("NOTICE = b\"A leaked key was taken out of the history here.\\n\"");
        Ranges(writer, "Bytes to overwrite with asterisks, by blob: start and length.", "OVERWRITTEN", purges.SelectMany(p => p.Overwritten));
        Ids(writer, "Pictures, archives and documents, of which no byte can be changed without breaking them.", "REPLACED", purges.SelectMany(p => p.Replaced));
        Ranges(writer, "Bytes to overwrite in messages, by commit or tag; none for all of it.", "MESSAGES", purges.SelectMany(p => p.Messages));
        Hashes(writer, "SHA-256 of names of files and folders.", "FILE_NAMES", purges.SelectMany(p => p.FileNames));
        Hashes(writer, "SHA-256 of names of refs.", "REF_NAMES", purges.SelectMany(p => p.RefNames));
        Hashes(writer, "SHA-256 of names and addresses of people.", "PEOPLE", purges.SelectMany(p => p.People));
        writer.WriteLine();
        writer.WriteLine();
        writer.Write(Functions.ReplaceLineEndings("\n"));
    }

    private static void Ranges(StreamWriter writer, string comment, string name, IEnumerable<KeyValuePair<ObjectId, ImmutableArray<ByteRange>>> entries)
    {
        writer.WriteLine();
        writer.WriteLine($"# {comment}");
        writer.WriteLine($"{name} = {{");
        foreach (var (id, ranges) in entries.DistinctBy(e => e.Key).OrderBy(e => e.Key))
        {
            writer.WriteLine($"    b\"{id}\": [{string.Join(", ", ranges.Select(r => FormattableString.Invariant($"({r.Offset}, {r.Length})")))}],");
        }

        writer.WriteLine("}");
    }

    private static void Ids(StreamWriter writer, string comment, string name, IEnumerable<ObjectId> ids) =>
        Set(writer, comment, name, ids.Distinct().Order().Select(id => $"b\"{id}\""));

    private static void Hashes(StreamWriter writer, string comment, string name, IEnumerable<string> hashes) =>
        Set(writer, comment, name, hashes.Distinct().Order(StringComparer.Ordinal).Select(hash => $"\"{hash}\""));

    private static void Set(StreamWriter writer, string comment, string name, IEnumerable<string> items)
    {
        writer.WriteLine();
        writer.WriteLine($"# {comment}");
        writer.WriteLine($"{name} = set([");
        foreach (var item in items)
        {
            writer.WriteLine($"    {item},");
        }

        writer.WriteLine("])");
    }
}
