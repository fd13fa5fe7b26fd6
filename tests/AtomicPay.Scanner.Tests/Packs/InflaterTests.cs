using System.IO.Compression;
using AtomicPay.Scanner.Sources.Git.Packs;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Packs;

public sealed class InflaterTests
{
    private static readonly Gen<byte[]> Content = Gen.OneOf(
        Gen.Byte.Array[0, 300],
        Gen.Byte[0, 3].Array[0, 3000],
        Gen.Select(Gen.Byte[97, 122].Array[1, 40], Gen.Int[1, 4000], (word, length) => Enumerable.Range(0, length).Select(i => word[i % word.Length]).ToArray()),
        Gen.Select(Gen.Byte.Array[1, 2000], Gen.Int[1, 60], Gen.Int[0, 1000], Repeated),
        Gen.Select(Gen.Int, Gen.Int[0, 100_000], Skewed));

    private static readonly Gen<CompressionLevel> Level = Gen.Enum<CompressionLevel>();

    [Fact]
    public void What_was_deflated_comes_back() =>
        Gen.Select(Content, Level).Sample(
            (content, level) =>
            {
                var (status, made, _) = Inflate(Deflate(content, level), content.Length);
                return status == InflateStatus.Done && made.AsSpan().SequenceEqual(content);
            },
            iter: 2000);

    [Fact]
    public void Blocks_of_several_kinds_follow_each_other() =>
        Gen.Select(Content, Content, Level).Sample(
            (first, second, level) =>
            {
                using var stream = new MemoryStream();
                using (var deflating = new ZLibStream(stream, level, leaveOpen: true))
                {
                    deflating.Write(first);
                    deflating.Flush();
                    deflating.Write(second);
                }

                byte[] content = [.. first, .. second];
                var (status, made, consumed) = Inflate([.. stream.ToArray(), 1, 2, 3], content.Length);
                return status == InflateStatus.Done && made.AsSpan().SequenceEqual(content) && consumed == stream.Length;
            },
            iter: 500);

    [Fact]
    public void A_target_too_small_is_filled_with_what_is_right() =>
        Gen.Select(Content.Where(content => content.Length > 0), Level, Gen.Double[0, 0.999]).Sample(
            (content, level, part) =>
            {
                var room = (int)(content.Length * part);
                var (status, made, _) = Inflate(Deflate(content, level), room);
                return status == InflateStatus.OutputFull && made.AsSpan().SequenceEqual(content.AsSpan(0, room));
            },
            iter: 500);

    [Fact]
    public void A_target_too_large_is_told() =>
        Gen.Select(Content, Level, Gen.Int[1, 1000]).Sample(
            (content, level, more) =>
            {
                var (status, made, _) = Inflate(Deflate(content, level), content.Length + more);
                return status == InflateStatus.EndedEarly && made.AsSpan().SequenceEqual(content);
            },
            iter: 500);

    [Fact]
    public void A_stream_cut_off_is_corrupt() =>
        Gen.Select(Content, Level, Gen.Double[0, 0.999]).Sample(
            (content, level, part) =>
            {
                var deflated = Deflate(content, level);
                return Inflate(deflated[..(int)(deflated.Length * part)], content.Length).Status == InflateStatus.Corrupt;
            },
            iter: 1000);

    [Fact]
    public void A_damaged_stream_is_judged_as_zlib_judges_it() =>
        Gen.Select(Content, Level, Gen.Select(Gen.Int[0, 1_000_000], Gen.Byte).Array[1, 4]).Sample(
            (content, level, damage) =>
            {
                // ZLibStream does not always notice an end too early; zeros are no valid block, so here none ends so.
                byte[] deflated = [.. Deflate(content, level), .. new byte[400]];
                foreach (var (at, value) in damage)
                {
                    deflated[at % (deflated.Length - 400)] = value;
                }

                var expected = InflateByZlib(deflated, content.Length);
                var (status, made, _) = Inflate(deflated, content.Length);
                return expected is null ? status != InflateStatus.Done : status == InflateStatus.Done && made.AsSpan().SequenceEqual(expected);
            },
            iter: 5000);

    [Fact]
    public void Bytes_at_random_are_judged_as_zlib_judges_them() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 400]).Sample(
            (bytes, room) =>
            {
                byte[] stream = [0x78, 0x9c, .. bytes, .. new byte[400]];
                var (status, _, _) = Inflate(stream, room);
                return InflateByZlib(stream, room) is null == (status != InflateStatus.Done);
            },
            iter: 20_000);

    [Fact]
    public void The_checksum_is_that_of_zlib() =>
        Gen.OneOf(Gen.Byte.Array[0, 20_000], Gen.Int[0, 20_000].Select(length => Enumerable.Repeat((byte)255, length).ToArray())).Sample(
            content => Convert.ToHexString(Deflate(content, CompressionLevel.Fastest)[^4..]) == Adler32.Of(content).ToString("X8", null),
            iter: 1000);

    private static byte[] Repeated(byte[] block, int times, int noise)
    {
        var random = new Random(noise);
        var content = Enumerable.Repeat(block, times).SelectMany(bytes => bytes).ToArray();
        for (var i = 0; i < noise; i++)
        {
            content[random.Next(content.Length)]++;
        }

        return content;
    }

    /// <summary>Some bytes a thousand times as frequent as others: codes of up to 15 bits.</summary>
    private static byte[] Skewed(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)(Math.Pow(random.NextDouble(), 6) * 256))];
    }

    private static byte[] Deflate(byte[] content, CompressionLevel level)
    {
        if (content.Length == 0)
        {
            // ZLibStream writes nothing at all for nothing.
            return [0x78, 0x9c, 3, 0, 0, 0, 0, 1];
        }

        using var stream = new MemoryStream();
        using (var deflating = new ZLibStream(stream, level, leaveOpen: true))
        {
            deflating.Write(content);
        }

        return stream.ToArray();
    }

    private static byte[]? InflateByZlib(byte[] deflated, int length)
    {
        try
        {
            using var inflating = new ZLibStream(new MemoryStream(deflated), CompressionMode.Decompress);
            using var made = new MemoryStream();
            inflating.CopyTo(made);
            return made.Length == length ? made.ToArray() : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>Checks that nothing behind the target's slack is changed.</summary>
    private static (InflateStatus Status, byte[] Made, long Consumed) Inflate(byte[] deflated, int length)
    {
        const byte Guard = 0xa5;
        var inflater = new Inflater();
        byte[] source = [.. deflated, .. new byte[Inflater.SourceSlack]];
        var target = new byte[length + Inflater.TargetSlack + 64];
        Array.Fill(target, Guard);
        var status = inflater.Inflate(source, deflated.Length, target, length);
        target.AsSpan(length + Inflater.TargetSlack).IndexOfAnyExcept(Guard).ShouldBe(-1);
        return (status, target[..inflater.Produced], inflater.Consumed);
    }
}
