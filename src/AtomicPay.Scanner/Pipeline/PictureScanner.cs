using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Images.Covering;
using AtomicPay.Scanner.Images.Isolation;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Reads pictures, each distinct one once: the same screenshot lies in the working tree and in history.</summary>
internal sealed class PictureScanner(RuleSet rules, CancellationToken cancellation) : IDisposable
{
    /// <summary>A picture with a hundred keys is a list of them: a few previews say as much.</summary>
    private const int PreviewsOfOnePicture = 8;

    private readonly ConcurrentDictionary<string, Task<ReadPicture>> _readings = new();
    private readonly ConcurrentDictionary<string, bool> _remembered = new();
    private readonly ConcurrentBag<PictureProcess> _idle = [];

    /// <summary>Keeps what a report shows of the pictures; null when none does.</summary>
    public PreviewAlbum? Album { get; init; }

    /// <summary>How many distinct pictures were met.</summary>
    public long Count => _readings.Count + _remembered.Keys.Count(sha256 => !_readings.ContainsKey(sha256));

    public static bool IsPicture(ReadOnlySpan<byte> head) => PictureReader.LooksLikePicture(head);

    /// <summary>Whether a scan started this process, to read pictures for it.</summary>
    public static bool IsWorker(string[] arguments) => arguments is [PictureWorker.Argument];

    /// <summary>Reads pictures for the scan that started this process.</summary>
    public static int Work() => PictureWorker.Run(static key => RuleSet.Judge(RuleSet.Default.Rules[0], key).IsIssued);

    /// <summary>Reads the content if it is a picture.</summary>
    public void Accept(ReadOnlySpan<byte> content, Origin origin, ContentScanner scanner)
    {
        if (!IsPicture(content))
        {
            return;
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        ContentScanner.MeetPicture(sha256);
        var (reading, previews) = ReadOnce(content, sha256);
        if (reading.Incomplete is { } reason)
        {
            scanner.Skip(new Skipped(origin, reason));
        }

        for (var i = 0; i < reading.Keys.Length; i++)
        {
            var key = reading.Keys[i];
            var secret = SecretOf(key.Key);
            scanner.Detect(new Detection(rules.Rules[0], secret, origin, Region: null, key.Region, DecodedBy: [], key.Confidence)
            {
                Preview = i < previews.Length ? previews[i] : null,
                OtherReadings = key.Region.Candidates == 1 ? [] : [.. key.Readings.Skip(1).Select(reading => SecretOf(reading.Text))],
            });
        }
    }

    /// <summary>Counts pictures that an earlier scan read, each once with those that this scan reads.</summary>
    public void CountRemembered(IEnumerable<string> sha256OfEach)
    {
        foreach (var sha256 in sha256OfEach)
        {
            _remembered.TryAdd(sha256, true);
        }
    }

    public void Dispose()
    {
        foreach (var reader in _idle)
        {
            reader.Dispose();
        }
    }

    private Secret SecretOf(string key) => new(key, rules.Rules[0].PrefixOf(key));

    private ReadPicture ReadOnce(ReadOnlySpan<byte> content, string sha256)
    {
        // The first to come reads, and the others wait for what it finds.
        var reader = new TaskCompletionSource<ReadPicture>();
        var first = _readings.GetOrAdd(sha256, reader.Task);
        if (first != reader.Task)
        {
            return first.GetAwaiter().GetResult();
        }

        try
        {
            var reading = Read(content, sha256);
            reader.SetResult(reading);
            return reading;
        }
        catch (Exception e)
        {
            reader.SetException(e);
            throw;
        }
    }

    private ReadPicture Read(ReadOnlySpan<byte> content, string sha256)
    {
        var reader = _idle.TryTake(out var idle) ? idle : new PictureProcess();
        try
        {
            var reading = reader.Read(content, cancellation);
            return new ReadPicture(reading, Album is null ? [] : Previews(content, sha256, reading, reader));
        }
        finally
        {
            _idle.Add(reader);
        }
    }

    private ImmutableArray<PreviewSlot?> Previews(ReadOnlySpan<byte> content, string sha256, PictureReading reading, PictureProcess reader)
    {
        var slots = ImmutableArray.CreateBuilder<PreviewSlot?>();
        foreach (var key in reading.Keys.Take(PreviewsOfOnePicture))
        {
            var slot = Album!.Reserve(sha256, slots.Count);
            slot?.Fill(KeyPreview.Of(content, reading.Keys, key, reader, cancellation));
            slots.Add(slot);
        }

        return slots.ToImmutable();
    }

    private readonly record struct ReadPicture(PictureReading Reading, ImmutableArray<PreviewSlot?> Previews);
}
