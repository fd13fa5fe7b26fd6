using System.Buffers;
using System.Collections.Immutable;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>One of the library's filters, which unpack to any size, held to a budget.</summary>
internal sealed class PdfBoundedFilter(string name, IFilter filter, PdfWork work) : IFilter
{
    private const int MostOfOne = 256 << 20;

    // No filter makes more of a byte than LZW: 4096 codes of 12 bits, each up to as many bytes.
    private const int NeverTooLarge = 4096;

    public bool IsSupported => filter.IsSupported;

    /// <summary>The filters by their names, for one document.</summary>
    public static ImmutableDictionary<string, IFilter> All(PdfWork work)
    {
        (string, string, IFilter)[] filters =
        [
            ("FlateDecode", "Fl", new FlateFilter()),
            ("LZWDecode", "LZW", new LzwFilter()),
            ("ASCII85Decode", "A85", new Ascii85Filter()),
            ("ASCIIHexDecode", "AHx", new AsciiHexDecodeFilter()),
            ("RunLengthDecode", "RL", new RunLengthFilter()),
            ("CCITTFaxDecode", "CCF", new CcittFaxDecodeFilter()),
            ("DCTDecode", "DCT", new DctDecodeFilter()),
            ("JBIG2Decode", "JBIG2Decode", new Jbig2DecodeFilter()),
            ("JPXDecode", "JPXDecode", new JpxDecodeFilter()),
        ];
        var all = ImmutableDictionary.CreateBuilder<string, IFilter>();
        foreach (var (name, abbreviation, filter) in filters)
        {
            all[name] = all[abbreviation] = new PdfBoundedFilter(name, filter, work);
        }

        return all.ToImmutable();
    }

    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        work.TakeStep();
        if (input.Length > NeverTooLarge)
        {
            Measure(input);
        }

        var decoded = filter.Decode(input, streamDictionary, filterProvider, filterIndex);
        work.TakeBytes(decoded.Length);
        return decoded;
    }

    /// <summary>Unpacks without keeping anything, to see whether it would fit.</summary>
    private void Measure(Memory<byte> input)
    {
        using var encoded = new MemoryStream(input.ToArray(), writable: false);
        using var decoded = PdfFilters.Undo(name, encoded, new PdfDictionary());
        if (decoded is null)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var total = 0L;
            while (decoded.Read(buffer) is > 0 and var read)
            {
                total += read;
                work.TakeStep();
                if (total > MostOfOne)
                {
                    work.End();
                    work.TakeStep();
                }
            }
        }
        catch (InvalidDataException) when (!work.IsOver)
        {
            // Damaged; the library sees for itself how far it gets.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
