using System.Globalization;
using AtomicPay.Scanner.Images.Crops;
using AtomicPay.Scanner.Images.Decoding;
using AtomicPay.Scanner.Images.Lines;
using AtomicPay.Scanner.Images.Recognisers;
using AtomicPay.Scanner.Images.Recognition;

namespace AtomicPay.Scanner.Evaluation;

/// <summary>Prints what is seen on each line of a picture: why a key was not found there. For pictures whose keys were never issued.</summary>
internal static class Explanation
{
    private const double Anything = -1_000;

    public static int Run(string file)
    {
        using var layout = TesseractLayout.TryCreate();
        Console.WriteLine(PictureDecoder.Decode(File.ReadAllBytes(file), (picture, _) =>
        {
            var pieces = LineFinder.Pieces(picture);
            foreach (var box in LineBoxes.Of(pieces))
            {
                Explain(picture, box, "own");
            }

            foreach (var box in layout?.Lines(picture) ?? [])
            {
                Explain(picture, box, "Tesseract's");
            }

            return true;
        }) ?? "");
        return 0;
    }

    private static void Explain(GrayPicture picture, Images.PixelBox box, string whose)
    {
        var line = LevelLine.Of(picture, box);
        var crop = line.Crop(line.Left, line.Left + line.Width, CropVariant.Usual);
        var spot = PrefixSpotter.Find(Recogniser.Spotter.Read(crop), Anything).Select(static place => place.Likelihood).DefaultIfEmpty(double.NaN).Max();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{whose} {box.Left},{box.Top} {box.Width}x{box.Height}, letters {line.Height:0.0} high: like a beginning {spot:0.0}; spotter {FreeReading.Of(Recogniser.Spotter.Read(crop)).Text}; reader {FreeReading.Of(Recogniser.Reader.Read(crop)).Text}"));
    }
}
