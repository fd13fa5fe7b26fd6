using System.Buffers.Binary;
using System.IO.Compression;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Git.Packs;

namespace AtomicPay.Scanner.Tests.Packs;

/// <summary>Objects that no array can hold.</summary>
public sealed class LargestObjectTests
{
    private const int Chunk = 64 << 20;
    private const int Chunks = 48;

    private static ReadOnlySpan<byte> End => "the end"u8;

    private static long Size => ((long)Chunk * Chunks) + End.Length;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blob_of_three_gigabytes_is_read_to_its_end_in_windows(bool isPacked)
    {
        using var repository = await GitRepository.Create();
        var id = new string('a', 40);
        if (isPacked)
        {
            var pack = new HandMadePack();
            pack.AddRaw(id, [(byte)((3 << 4) | (int)(Size & 15) | 0x80), .. HandMadePack.Size(Size >> 4), .. Deflated([])]);
            await pack.WriteTo(repository);
        }
        else
        {
            var file = Path.Join(repository.Objects, id[..2], id[2..]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, Deflated([.. System.Text.Encoding.ASCII.GetBytes($"blob {Size}"), 0]), TestContext.Current.CancellationToken);
        }

        var sink = new LastWindowSink();
        ObjectDatabase.Open(repository.Objects, ObjectFormat.Sha1Bytes).ReadAll(sink, new ReadOptions { Jobs = 2, Margin = 4 }, TestContext.Current.CancellationToken);

        sink.Skips.ShouldBeEmpty();
        sink.Length.ShouldBe(Size);
        sink.Last.ShouldBe(End.ToArray());
    }

    [Fact]
    public async Task One_that_is_not_as_large_as_it_says_is_told_of()
    {
        using var repository = await GitRepository.Create();
        var pack = new HandMadePack();
        var deflated = Deflated([]);
        pack.AddRaw(new string('a', 40), [(byte)((3 << 4) | (int)(Size & 15) | 0x80), .. HandMadePack.Size((Size >> 4) + 1), .. deflated]);
        await pack.WriteTo(repository);
        var sink = new LastWindowSink();
        ObjectDatabase.Open(repository.Objects, ObjectFormat.Sha1Bytes).ReadAll(sink, new ReadOptions { Jobs = 2, Margin = 4 }, TestContext.Current.CancellationToken);

        sink.Skips.ShouldBe(["its data in the pack is damaged"]);
    }

    /// <summary>A zlib stream of some bytes, three gigabytes of zeros, and the end: each flush ends at a byte, so that the zeros are deflated once.</summary>
    private static byte[] Deflated(byte[] head)
    {
        var zeros = Flushed(new byte[Chunk]);
        using var stream = new MemoryStream();
        stream.Write([0x78, 0x9c]);
        stream.Write(Flushed(head));
        for (var i = 0; i < Chunks; i++)
        {
            stream.Write(zeros);
        }

        using (var last = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            last.Write(End);
        }

        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, ChecksumOf(head));
        stream.Write(checksum);
        return stream.ToArray();
    }

    private static byte[] Flushed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using var deflating = new DeflateStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        deflating.Write(bytes);
        deflating.Flush();
        return bytes.Length == 0 ? [] : stream.ToArray();
    }

    private static uint ChecksumOf(byte[] head)
    {
        const uint Modulus = 65521;
        var (a, b) = (1u, 0u);
        foreach (var next in head)
        {
            a = (a + next) % Modulus;
            b = (b + a) % Modulus;
        }

        b = (uint)((b + ((ulong)Chunk * Chunks % Modulus * a)) % Modulus);
        foreach (var next in End)
        {
            a = (a + next) % Modulus;
            b = (b + a) % Modulus;
        }

        return (b << 16) | a;
    }

    private sealed class LastWindowSink : IObjectSink
    {
        public long Length { get; private set; }

        public byte[] Last { get; private set; } = [];

        public List<string> Skips { get; } = [];

        public bool Accept(in ObjectHeader header, ReadOnlySpan<byte> content) => throw new InvalidOperationException("It is too large to come whole.");

        public bool IsWanted(in ObjectHeader header, ReadOnlySpan<byte> fresh) => true;

        public void AcceptWindow(in ObjectHeader header, ReadOnlySpan<byte> window, long offset)
        {
            Length = offset + window.Length;
            Last = window[^Math.Min(window.Length, End.Length)..].ToArray();
        }

        public void Skip(ObjectId? id, string reason, GitObjectKind? kind) => Skips.Add(reason);
    }
}
