using System.IO.MemoryMappedFiles;

namespace AtomicPay.Scanner.Sources.Git.Packs;

/// <summary>
/// A file mapped for reading; the pointer reaches past 2 GiB. On Unix it stays readable after the file was removed.
/// </summary>
/// <remarks>
/// A mapped file that is cut shorter ends the process, as it ends git's. Git never changes a pack in place, it removes
/// packs and makes new ones, so what remains is someone else's damage done in these very seconds.
/// </remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private byte* _pointer;

    private MappedFile(MemoryMappedViewAccessor view, long length)
    {
        _view = view;
        Length = length;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        _pointer += view.PointerOffset;
    }

    public byte* Pointer => _pointer;

    public long Length { get; }

    /// <summary>Null when the file holds no byte: nothing cannot be mapped.</summary>
    public static MappedFile? Open(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        if (length == 0)
        {
            return null;
        }

        using var mapped = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new MappedFile(mapped.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
    }

    public void Dispose()
    {
        if (_pointer != null)
        {
            _pointer = null;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
    }
}
