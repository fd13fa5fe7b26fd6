using System.IO.Compression;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>The filters that a stream may be packed with (ISO 32000-2, 7.4).</summary>
internal static class PdfFilters
{
    private const int LongestChain = 16;

    /// <summary>Undoes the filters of a stream one after another.</summary>
    /// <param name="data">The bytes of the stream as they stand in the document.</param>
    /// <param name="dictionary">What is said of it.</param>
    /// <param name="unknown">The filter that could not be undone, if any: the result is then packed with it still.</param>
    public static Stream Undo(Stream data, PdfDictionary dictionary, out string? unknown)
    {
        var names = dictionary.Names("Filter");
        for (var i = 0; i < names.Count; i++)
        {
            var undone = i < LongestChain ? Undo(names[i], data, dictionary.Dictionary("DecodeParms", i)) : null;
            if (undone is null)
            {
                unknown = names[i];
                return data;
            }

            data = undone;
        }

        unknown = null;
        return data;
    }

    /// <summary>Undoes one filter; null when it is not known.</summary>
    public static Stream? Undo(string name, Stream data, PdfDictionary parameters) => name switch
    {
        "FlateDecode" or "Fl" => Predicted(new DeflateStream(AfterZlibHeader(data), CompressionMode.Decompress), parameters),
        "LZWDecode" or "LZW" => Predicted(new LzwDecoder(data, parameters.Number("EarlyChange") ?? 1), parameters),
        "ASCII85Decode" or "A85" => new Ascii85Decoder(data),
        "ASCIIHexDecode" or "AHx" => new AsciiHexDecoder(data),
        "RunLengthDecode" or "RL" => new RunLengthDecoder(data),
        "Crypt" => data,
        _ => null,
    };

    // The checksum at the end is left out: many documents cut it off.
    private static Stream AfterZlibHeader(Stream data)
    {
        data.ReadByte();
        data.ReadByte();
        return data;
    }

    private static Stream Predicted(Stream data, PdfDictionary parameters) =>
        parameters.Number("Predictor") is > 1 and var predictor
            ? new PredictorDecoder(
                data, predictor, parameters.Number("Colors") ?? 1, parameters.Number("BitsPerComponent") ?? 8, parameters.Number("Columns") ?? 1)
            : data;
}
