using AtomicPay.Scanner.Sources.Git.Packs;
using CsCheck;

namespace AtomicPay.Scanner.Tests.Packs;

public sealed class DeltaTests
{
    private static readonly byte[] Anchor = "abcab"u8.ToArray();

    // Three letters, so that anchors come about across seams by themselves.
    private static readonly Gen<byte[]> Source = Gen.Byte[97, 99].Array[1, 120];

    private static readonly Gen<(int Offset, int Size, byte[]? Inserted)[]> Instructions =
        Gen.OneOf(
            Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 60], (offset, size) => (offset, size, (byte[]?)null)),
            Gen.Byte[97, 99].Array[1, 9].Select(inserted => (0, 0, (byte[]?)inserted))).Array[0, 12];

    [Fact]
    public void A_delta_makes_what_its_instructions_say() =>
        Gen.Select(Source, Instructions).Sample((source, instructions) =>
        {
            var (delta, result) = Build(source, instructions);
            return Apply(delta, source, result.Length) is { } made && made.AsSpan().SequenceEqual(result);
        });

    [Fact]
    public void What_a_clean_base_and_the_fresh_bytes_do_not_hold_is_not_in_the_result() =>
        Gen.Select(Source.Where(source => source.AsSpan().IndexOf(Anchor) < 0), Instructions, Gen.Int[0, 3]).Sample(
            (source, instructions, more) =>
            {
                var (delta, result) = Build(source, instructions);
                var fresh = Fresh(delta, source, result.Length, Anchor.Length - 1 + more).ShouldNotBeNull();
                var isInResult = result.AsSpan().IndexOf(Anchor) >= 0;
                return fresh.Length <= result.Length && (!isInResult || fresh.AsSpan().IndexOf(Anchor) >= 0);
            },
            iter: 20_000);

    [Fact]
    public void The_fresh_bytes_begin_as_the_result_begins() =>
        Gen.Select(Source, Instructions, Gen.Int[0, 40]).Sample((source, instructions, margin) =>
        {
            var (delta, result) = Build(source, instructions);
            var head = result.AsSpan(0, Math.Min(margin, result.Length));
            return Fresh(delta, source, result.Length, margin).AsSpan().StartsWith(head);
        });

    [Fact]
    public void An_untouched_middle_is_left_out()
    {
        var source = new byte[50_000];
        var (delta, result) = Build(source, [(0, 20_000, null), (0, 0, "new"u8.ToArray()), (20_000, 30_000, null)]);
        Fresh(delta, source, result.Length, 10).ShouldNotBeNull().Length.ShouldBe(10 + 10 + 3 + 10);
    }

    [Fact]
    public void Copies_that_continue_each_other_have_no_seam()
    {
        var source = new byte[50_000];
        var (delta, result) = Build(source, [(0, 20_000, null), (20_000, 30_000, null)]);
        Fresh(delta, source, result.Length, 10).ShouldNotBeNull().Length.ShouldBe(10);
    }

    [Fact]
    public void Bytes_at_random_reach_nowhere_they_should_not_and_both_readings_agree() =>
        Gen.Select(Source, Gen.Byte.Array[0, 40], Gen.Int[0, 300]).Sample(
            (source, delta, length) =>
            {
                var made = Apply(delta, source, length);
                return made is null == Fresh(delta, source, length, 4) is null;
            },
            iter: 50_000);

    [Theory]
    [InlineData(new byte[] { 0x90, 11 })]
    [InlineData(new byte[] { 0x91, 1, 10 })]
    [InlineData(new byte[] { 0x9f, 255, 255, 255, 255, 10 })]
    [InlineData(new byte[] { 0xf0, 255, 255, 255 })]
    [InlineData(new byte[] { 0x90 })]
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 10, 1, 2, 3 })]
    [InlineData(new byte[] { 0x90, 9 })]
    public void A_delta_that_reaches_out_of_its_base_or_its_result_is_refused(byte[] delta)
    {
        Apply(delta, new byte[10], 10).ShouldBeNull();
        Fresh(delta, new byte[10], 10, 2).ShouldBeNull();
    }

    private static (byte[] Delta, byte[] Result) Build(byte[] source, (int Offset, int Size, byte[]? Inserted)[] instructions)
    {
        var (delta, result) = (new List<byte>(), new List<byte>());
        foreach (var (wantedOffset, wantedSize, inserted) in instructions)
        {
            if (inserted is not null)
            {
                delta.Add((byte)inserted.Length);
                delta.AddRange(inserted);
                result.AddRange(inserted);
                continue;
            }

            var offset = wantedOffset % source.Length;
            var size = Math.Min(wantedSize, source.Length - offset);
            delta.AddRange([0x80 | 0x07 | 0x70, (byte)offset, (byte)(offset >> 8), (byte)(offset >> 16), (byte)size, (byte)(size >> 8), (byte)(size >> 16)]);
            result.AddRange(source[offset..(offset + size)]);
        }

        return ([.. delta], [.. result]);
    }

    private static byte[]? Apply(byte[] delta, byte[] source, int length) =>
        Run(delta, source, length, (roomyDelta, roomySource, to) => Delta.Apply(roomyDelta, 0, delta.Length, roomySource, source.Length, to, length) ? length : -1);

    private static byte[]? Fresh(byte[] delta, byte[] source, int length, int margin)
    {
        var made = Run(delta, source, length, (roomyDelta, roomySource, to) => Delta.Fresh(roomyDelta, 0, delta.Length, roomySource, source.Length, length, margin, to));
        (made?.Length ?? 0).ShouldBeLessThanOrEqualTo((int)Delta.FreshLimit(delta.Length, length, margin));
        return made;
    }

    private static byte[]? Run(byte[] delta, byte[] source, int length, Func<byte[], byte[], byte[], int> read)
    {
        var made = new byte[length + Delta.Slack + 64];
        var count = read([.. delta, .. new byte[Delta.Slack]], [.. source, .. new byte[Delta.Slack]], made);
        made.AsSpan(length + Delta.Slack).IndexOfAnyExcept((byte)0).ShouldBe(-1);
        return count < 0 ? null : made[..count];
    }
}
