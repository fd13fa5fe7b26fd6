using AtomicPay.Scanner.Content;

namespace AtomicPay.Scanner.Sources.Files;

/// <summary>Reads one file into a sink. Files are read, never mapped: a mapped file that shrinks would end the process.</summary>
internal static class FileReading
{
    public static void Read(string path, Origin origin, IContentSink sink, CancellationToken cancellation)
    {
        try
        {
            using var handle = FileSystem.Current.OpenFile(path);
            var length = RandomAccess.GetLength(handle);
            var position = 0L;
            StreamReading.Read(
                buffer =>
                {
                    var read = RandomAccess.Read(handle, buffer, position);
                    position += read;
                    return read;
                },
                // Files that are made up as they are read, such as those of /proc, say that they are empty.
                length == 0 ? null : length,
                origin,
                sink,
                cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sink.Skip(new Skipped(origin, $"cannot be read: {e.Message}"));
        }
    }
}
