using System.Buffers;
using AtomicPay.Scanner.Content;
using AtomicPay.Scanner.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>Reads the loose objects of one folder after the other, for one thread.</summary>
internal sealed class LooseObjects(ReadOptions options, IObjectSink sink, WorkQueue queue, OpenPacks packs, int hashSize)
{
    // A file larger than this is streamed without being read as a whole first, whatever it inflates to.
    private const long LargestFile = 1L << 30;

    private readonly BufferPool _pool = new();
    private readonly WindowFeed _feed = new(options.WindowBytes, options.WindowOverlap) { Sink = sink };
    private LooseFile? _file;

    private LooseFile Current => _file ??= new LooseFile(_pool);

    /// <summary>Reads what a folder holds; <paramref name="vanished"/> hears of objects that were listed and then not there.</summary>
    public void ReadFolder(string folder, Action<ObjectId> vanished)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(folder);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            sink.Skip(null, $"the folder {folder} could not be read: {failure.Message}");
            return;
        }

        var prefix = Path.GetFileName(folder);
        var name = new byte[hashSize];
        foreach (var file in files)
        {
            if (queue.IsStopped)
            {
                return;
            }

            var hex = prefix + Path.GetFileName(file);
            if (hex.Length != 2 * hashSize || Convert.FromHexString(hex, name, out _, out _) != OperationStatus.Done || packs.IsPacked(name))
            {
                continue;
            }

            try
            {
                Read(file, name);
            }
            catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
            {
                vanished(new ObjectId(name));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                sink.Skip(new ObjectId(name), $"its file could not be read: {failure.Message}");
            }
            catch (OutOfMemoryException)
            {
                sink.Skip(new ObjectId(name), "there is not enough memory for it");
            }
        }
    }

    private void Read(string path, byte[] name)
    {
        // The runtime's own opening locks and unlocks each file: three calls more, of what are four.
        using var handle = FileSystem.Current.OpenFile(path);
        var length = LengthOf(handle);
        var wanted = Math.Min(length, LargestFile);
        var bytes = _pool.Rent(wanted);
        try
        {
            var read = ReadAll(handle, bytes.AsSpan(0, (int)wanted));
            if (!Current.TryReadHead(bytes, read))
            {
                sink.Skip(new ObjectId(name), LooseFile.Damaged);
            }
            else if (((int)options.Kinds & (1 << (int)Current.Kind)) != 0)
            {
                Accept(path, name, bytes, read, isWhole: length == wanted);
            }
        }
        finally
        {
            _pool.Return(bytes);
        }
    }

    private void Accept(string path, byte[] name, byte[] file, int length, bool isWhole)
    {
        var header = new ObjectHeader(name, Current.Kind, Current.Size);
        if (header.Size > options.WholeUpTo || !isWhole)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!EntryInflater.TryStream(stream, header, Current.HeadLength, _feed))
            {
                sink.Skip(header.Id, LooseFile.Damaged, header.Kind);
            }

            return;
        }

        if (Current.TryInflate(file, length) is not { } buffer)
        {
            sink.Skip(header.Id, LooseFile.Damaged, header.Kind);
            return;
        }

        sink.Accept(header, buffer.AsSpan(Current.HeadLength, (int)header.Size));
        _pool.Return(buffer);
    }

    private static long LengthOf(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException e)
        {
            throw new IOException("a pipe lies in its place", e);
        }
    }

    private static int ReadAll(SafeFileHandle handle, Span<byte> to)
    {
        var total = 0;
        while (total < to.Length)
        {
            var count = RandomAccess.Read(handle, to[total..], total);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }
}
