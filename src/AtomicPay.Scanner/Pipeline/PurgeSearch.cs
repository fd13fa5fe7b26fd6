using System.Collections.Immutable;
using System.Security.Cryptography;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Rules;
using AtomicPay.Scanner.Sources.Git;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Finds out what has to change in a repository for its history to hold none of the keys that count.</summary>
internal static class PurgeSearch
{
    /// <summary>The work for each repository whose objects hold a key.</summary>
    /// <param name="repositories">Those that were scanned.</param>
    /// <param name="detections">All sightings.</param>
    /// <param name="rules">What found them.</param>
    /// <param name="findings">What counts. A key that counts anywhere is taken out everywhere; one that is allowed stays.</param>
    public static ImmutableArray<HistoryPurge> Search(
        IEnumerable<RepositoryLocation> repositories, IReadOnlyCollection<Detection> detections, RuleSet rules, IEnumerable<Finding> findings)
    {
        var keys = findings.Select(f => f.Secret).ToHashSet();
        var sightings = detections.Where(d => keys.Contains(d.Secret)).ToList();
        return [.. repositories.Select(r => Of(r, sightings, rules, keys)).Where(p => !p.IsEmpty)];
    }

    private static HistoryPurge Of(RepositoryLocation repository, IReadOnlyCollection<Detection> sightings, RuleSet rules, HashSet<Secret> keys)
    {
        var isSupported = repository.HashSize == 20;
        var objects = sightings
            .Select(d => (Sighting: d, Object: ObjectOf(d.Origin)))
            .Where(d => d.Object?.Repository == repository.DisplayPath)
            .ToLookup(d => (d.Object!.Kind, d.Object.Id), d => d.Sighting);
        var blobs = objects.Where(o => o.Key.Kind == GitObjectKind.Blob).ToList();
        var texts = new Dictionary<ObjectId, ImmutableArray<ByteRange>>();
        var people = new HashSet<string>();
        if (repository.HashSize is { } hashSize && objects.Any(IsText))
        {
            using var reader = new ObjectReader(repository.ObjectsPath, hashSize);
            foreach (var text in objects.Where(IsText))
            {
                AddText(reader, text.Key.Id, isWhole: !text.All(IsPlain), part => RangesIn(part, rules, keys), texts, people);
            }
        }

        return new HistoryPurge(repository.DisplayPath, isSupported)
        {
            Overwritten = blobs.Where(b => b.All(IsPlain)).ToImmutableSortedDictionary(b => b.Key.Id, b => ByteRange.Joined(b.Select(RangeOf)).ToImmutableArray()),
            Replaced = [.. blobs.Where(b => !b.All(IsPlain)).Select(b => b.Key.Id)],
            Messages = texts.ToImmutableSortedDictionary(),
            FileNames = [.. sightings.Select(d => d.Origin).OfType<Origin.TreeEntry>().Where(e => e.Repository == repository.DisplayPath).Select(e => Sha256(PathText.Encode(e.Name)))],
            RefNames = [.. sightings.Select(d => d.Origin).OfType<Origin.RefName>().Where(r => r.Repository == repository.DisplayPath).Select(r => Sha256(PathText.Encode(r.Name)))],
            People = [.. people],
        };

        static bool IsText(IGrouping<(GitObjectKind? Kind, ObjectId Id), Detection> item) => item.Key.Kind is GitObjectKind.Commit or GitObjectKind.Tag;
    }

    private static Origin.GitObject? ObjectOf(Origin origin) => origin switch
    {
        Origin.GitObject item => item,
        Origin.ArchiveMember member => ObjectOf(member.Archive),
        _ => null,
    };

    /// <summary>Whether the key stands in the blob's own bytes, encoded or not, rather than in what is packed or drawn there.</summary>
    private static bool IsPlain(Detection sighting) => sighting is { Origin: Origin.GitObject, Region: not null };

    private static ByteRange RangeOf(Detection sighting) => sighting.Region is { } region ? new ByteRange(region.ByteOffset, region.ByteLength) : default;

    /// <summary>Where a text holds one of the keys. Sightings do not tell headers and message apart: each counts from its own beginning.</summary>
    private static ImmutableArray<ByteRange> RangesIn(byte[] text, RuleSet rules, HashSet<Secret> keys)
    {
        var matches = new List<RuleMatch>();
        rules.FindMatches(text, matches);
        return [.. ByteRange.Joined(matches.Where(m => keys.Contains(new Secret(m.Key, m.Rule.PrefixOf(m.Key)))).Select(m => new ByteRange(m.Offset, m.Length)))];
    }

    /// <summary>Tells what of a commit or tag is its message, and what the name or address of somebody.</summary>
    private static void AddText(
        ObjectReader reader, ObjectId id, bool isWhole, Func<byte[], ImmutableArray<ByteRange>> rangesIn, Dictionary<ObjectId, ImmutableArray<ByteRange>> texts, HashSet<string> people)
    {
        using var content = reader.TryRead(id, out _);
        if (content is null)
        {
            return;
        }

        var text = content.Span;
        var end = text.IndexOf("\n\n"u8) is >= 0 and var blank ? blank + 2 : text.Length;
        var headers = text[..end].ToArray();
        var inMessage = rangesIn(text[end..].ToArray());
        if (isWhole || !inMessage.IsEmpty)
        {
            // A message in another encoding is turned into UTF-8 on the way, and its bytes then stand elsewhere.
            texts[id] = isWhole || headers.AsSpan().IndexOf("\nencoding "u8) >= 0 ? [] : inMessage;
        }

        foreach (var range in rangesIn(headers))
        {
            AddPerson(headers, range, people);
        }
    }

    /// <summary>The name or the address in a header that names somebody; other headers are not kept by what rewrites a history.</summary>
    private static void AddPerson(ReadOnlySpan<byte> headers, ByteRange key, HashSet<string> people)
    {
        var start = headers[..(int)key.Offset].LastIndexOf((byte)'\n') + 1;
        var line = headers[start..];
        line = line.IndexOf((byte)'\n') is >= 0 and var end ? line[..end] : line;
        var (name, open, close) = (line.IndexOf((byte)' ') + 1, line.LastIndexOf((byte)'<'), line.LastIndexOf((byte)'>'));
        if (name == 0 || open < name || close < open)
        {
            return;
        }

        if (key.Offset < start + open)
        {
            people.Add(Sha256(line[name..open].TrimEnd((byte)' ')));
        }

        if (key.End > start + open)
        {
            people.Add(Sha256(line[(open + 1)..close]));
        }
    }

    private static string Sha256(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));
}
