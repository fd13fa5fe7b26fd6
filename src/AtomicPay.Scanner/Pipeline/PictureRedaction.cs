using AtomicPay.Scanner.Findings;
using AtomicPay.Scanner.Images;
using AtomicPay.Scanner.Images.Covering;
using AtomicPay.Scanner.Images.Isolation;
using AtomicPay.Scanner.Rules;

namespace AtomicPay.Scanner.Pipeline;

/// <summary>Makes copies of pictures with every key covered, and proves each by reading it again.</summary>
internal sealed class PictureRedaction : IDisposable
{
    /// <summary>A cover may uncover what was read as one with its neighbour; more rounds than this mean that something else is wrong.</summary>
    private const int MostRounds = 4;

    private readonly PictureProcess _reader = new();

    /// <summary>Whether a file begins like a picture; one that cannot be read might be one.</summary>
    public static bool IsPicture(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            Span<byte> head = stackalloc byte[64];
            return PictureReader.LooksLikePicture(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Covers the keys of a picture.</summary>
    /// <param name="content">The picture's file.</param>
    /// <param name="copy">The copy in the same format; empty when there is none.</param>
    /// <param name="covered">How many keys were covered.</param>
    /// <returns>Why there is no copy that is proved clean, as a sentence without its full stop; null when there is one.</returns>
    public string? Cover(ReadOnlySpan<byte> content, out byte[] copy, out int covered)
    {
        copy = [];
        covered = 0;
        if (!PictureReader.LooksLikePicture(content))
        {
            return "it is no picture of a known format";
        }

        var regions = new List<PictureRegion>();
        var read = _reader.Read(content, CancellationToken.None);
        for (var round = 0; round < MostRounds; round++)
        {
            if (read.Incomplete is { } incomplete)
            {
                return incomplete;
            }

            regions.AddRange(read.Keys.Select(key => key.Region));
            if (PictureCover.Cover(content, regions, out var file) is { } reason)
            {
                return reason;
            }

            read = _reader.Read(file, CancellationToken.None);
            if (read is { Keys.IsEmpty: true, Incomplete: null } && !HoldsKey(file))
            {
                copy = file;
                covered = regions.Count;
                return null;
            }
        }

        return "the copy could not be proved clean";
    }

    public void Dispose() => _reader.Dispose();

    private static bool HoldsKey(ReadOnlySpan<byte> file)
    {
        var matches = new List<RuleMatch>();
        RuleSet.Default.FindMatches(file, matches);
        return matches.Count > 0;
    }
}
