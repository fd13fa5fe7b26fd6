namespace AtomicPay.Scanner.Sources.Files;

internal enum EntryKind
{
    File,
    Folder,
    Link,

    /// <summary>A socket, pipe or device: opening it could wait for ever, and it holds no content.</summary>
    Special,
}
