using System.Buffers;
using System.Globalization;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>
/// Reads what only the library can: text in the fonts' own codes, pictures that are bare pixels, attachments by their names, and
/// documents encrypted without a password. It works on a thread of its own, which can be left behind.
/// </summary>
internal sealed class PdfPages(byte[] document, bool withPictures)
{
    private const int StackBytes = 16 << 20;

    // Only for what no counted limit ends: those are the same on every machine.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private readonly PdfWork _work = new(Longest);
    private readonly List<(string Path, byte[] Content)> _found = [];
    private readonly List<string> _missing = [];

    /// <summary>Whether the document can only be read with a password.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Whether its strings and streams are encrypted, though no password is needed.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Whether its attachments are among what was found.</summary>
    public bool HasAttachments { get; private set; }

    /// <summary>What was found; and what could not be read, as sentences without their full stop.</summary>
    public (IReadOnlyList<(string Path, byte[] Content)> Found, IReadOnlyList<string> Missing) Read()
    {
        var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "PDF" };
        thread.Start();
        var isDone = thread.Join(Longest + TimeSpan.FromSeconds(5));
        _work.End();
        lock (_found)
        {
            if (!isDone)
            {
                _missing.Add("its pages take longer to read than any real document's; what was read of them was scanned");
            }

            return ([.. _found], [.. _missing]);
        }
    }

    private void Run()
    {
        try
        {
            using var pdf = PdfDocument.Open(document, new ParsingOptions
            {
                Logger = _work,
                SkipMissingFonts = true,
                FilterProvider = new PdfFilterProvider(_work),
            });
            IsEncrypted = pdf.IsEncrypted;
            if (IsEncrypted)
            {
                ReadObjects(pdf);
            }

            ReadAttachments(pdf);
            ReadPages(pdf);
        }
        catch (PdfDocumentEncryptedException)
        {
            IsLocked = true;
        }
        // The library throws whatever a damaged document leads it to. Its messages are not passed on: they quote the document.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Miss(_work.IsOver
                ? "its pages cost more to read than any real document's; what was read of them was scanned"
                : "is damaged as PDF: its pages could not be read; its streams were scanned");
        }
    }

    private void ReadPages(PdfDocument pdf)
    {
        pdf.AddPageFactory<PdfPageContent, PdfPageFactory>();
        for (var number = 1; number <= Math.Min(pdf.NumberOfPages, PdfWork.MostPages); number++)
        {
            try
            {
                var page = pdf.GetPage<PdfPageContent>(number);
                Find(string.Create(CultureInfo.InvariantCulture, $"page {number}"), Encoding.UTF8.GetBytes(page.Text));
                if (withPictures && page.HasPictures)
                {
                    ReadPictures(pdf.GetPage(number));
                }
            }
            catch (Exception e) when (e is not OperationCanceledException && !_work.IsOver)
            {
                Miss(string.Create(CultureInfo.InvariantCulture, $"page {number} is damaged or unusual and could not be read as text; its streams were scanned"));
            }
        }

        if (pdf.NumberOfPages > PdfWork.MostPages)
        {
            Miss($"has more than {PdfWork.MostPages} pages, which is the most that is read; the streams of the others were scanned");
        }
    }

    private void ReadPictures(Page page)
    {
        var number = 0;
        foreach (var picture in page.GetImages())
        {
            number++;
            _work.TakeStep();
            var path = string.Create(CultureInfo.InvariantCulture, $"page {page.Number}, picture {number}");

            // JPEG lies in the document as it is, and is met there.
            if (LastFilterOf(picture) is "DCTDecode" or "DCT" || picture.IsImageMask)
            {
                continue;
            }

            if (picture.TryGetPng(out var png))
            {
                Find(path, png);
            }
            else
            {
                Miss($"the picture on {path} is packed in a way that is not read");
            }
        }
    }

    private void ReadAttachments(PdfDocument pdf)
    {
        if (!pdf.Advanced.TryGetEmbeddedFiles(out var files))
        {
            return;
        }

        foreach (var file in files)
        {
            Find(file.Name, file.Memory.ToArray());
        }

        HasAttachments = files.Count > 0;
    }

    private void ReadObjects(PdfDocument pdf)
    {
        var strings = new ArrayBufferWriter<byte>();
        foreach (var reference in pdf.Structure.CrossReferenceTable.ObjectOffsets.Keys.OrderBy(r => r.ObjectNumber))
        {
            _work.TakeStep();
            try
            {
                var value = pdf.Structure.GetObject(reference).Data;
                if (value is StreamToken stream && !IsPixels(stream.StreamDictionary))
                {
                    Find(
                        string.Create(CultureInfo.InvariantCulture, $"object {reference.ObjectNumber}"),
                        stream.Decode(pdf.Structure.FilterProvider, pdf.Structure.TokenScanner).ToArray());
                }

                Collect(value, strings, 0);
            }
            catch (Exception e) when (e is not OperationCanceledException && !_work.IsOver)
            {
                Miss(string.Create(CultureInfo.InvariantCulture, $"object {reference.ObjectNumber} is damaged or unusual and was not scanned"));
            }
        }

        Find("strings", strings.WrittenSpan.ToArray());
    }

    private static void Collect(IToken? token, ArrayBufferWriter<byte> strings, int depth)
    {
        const int deepest = 64;
        if (depth > deepest)
        {
            return;
        }

        switch (token)
        {
            case StringToken text:
                strings.Write(Encoding.UTF8.GetBytes(text.Data + "\n"));
                break;
            case HexToken text:
                strings.Write(Encoding.UTF8.GetBytes(text.Data + "\n"));
                break;
            case ArrayToken array:
                foreach (var item in array.Data)
                {
                    Collect(item, strings, depth + 1);
                }

                break;
            case DictionaryToken dictionary:
                foreach (var item in dictionary.Data.Values)
                {
                    Collect(item, strings, depth + 1);
                }

                break;
            case StreamToken stream:
                Collect(stream.StreamDictionary, strings, depth + 1);
                break;
            default:
                break;
        }
    }

    private static string? LastFilterOf(IPdfImage picture) =>
        picture.ImageDictionary.Data.GetValueOrDefault("Filter") switch
        {
            NameToken name => name.Data,
            ArrayToken { Length: > 0 } names when names[names.Length - 1] is NameToken name => name.Data,
            _ => null,
        };

    private static bool IsPixels(DictionaryToken dictionary) =>
        dictionary.Data.GetValueOrDefault("Subtype") is NameToken { Data: "Image" }
        && dictionary.Data.GetValueOrDefault("Filter") is not NameToken { Data: "DCTDecode" };

    private void Find(string path, byte[] content)
    {
        _work.TakeFound(content.Length);
        lock (_found)
        {
            _found.Add((path, content));
        }
    }

    private void Miss(string reason)
    {
        lock (_found)
        {
            _missing.Add(reason);
        }
    }
}
