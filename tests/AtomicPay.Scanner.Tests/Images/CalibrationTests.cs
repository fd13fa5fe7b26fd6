using System.Globalization;
using AtomicPay.Scanner.Images;
using SkiaSharp;

namespace AtomicPay.Scanner.Tests.Images;

/// <summary>What a stated confidence is worth, on screens drawn here: small and large letters, sharp and compressed.</summary>
public sealed class CalibrationTests(ITestOutputHelper output)
{
    private const string Base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int KeysOnEach = 6;

    [Fact]
    public void A_reading_that_is_called_certain_is_right()
    {
        Assert.SkipUnless(DrawnPicture.IsPossible, "No font to draw pictures with.");
        var readings = Readings();

        Print(readings);

        var certain = readings.Where(static reading => reading.IsCertain).ToList();
        readings.Count.ShouldBe(readings.Capacity, "every key is found");
        certain.ShouldAllBe(static reading => reading.IsRight);
        certain.Count.ShouldBeGreaterThan(readings.Count / 5);
        readings.Count(static reading => reading.IsAmongFirst).ShouldBeGreaterThan(readings.Count * 3 / 4);
    }

    private static List<Reading> Readings()
    {
        (float Size, int Quality)[] kinds = [(10, 100), (11, 70), (12, 100), (13, 60), (14, 80), (16, 50), (18, 100), (24, 60)];
        var random = new Random(11);
        var readings = new List<Reading>(kinds.Length * KeysOnEach);
        using var reader = new PictureReader(static _ => true);
        foreach (var (size, quality) in kinds)
        {
            var keys = Enumerable.Range(0, KeysOnEach).Select(_ => $"atpay_{new string(random.GetItems<char>(Base62, random.Next(24, 48)))}").ToList();
            var found = reader.Read(Screen(keys, size, quality), TestContext.Current.CancellationToken).Keys;
            readings.AddRange(found.OrderBy(static one => one.Region.Y).Zip(keys, static (one, key) => new Reading(
                one.Confidence, one.Key == key, one.Region.Candidates == 1, one.Readings.Take(5).Any(reading => reading.Text == key))));
        }

        return readings;
    }

    private static byte[] Screen(List<string> keys, float size, int quality)
    {
        using var bitmap = new SKBitmap((int)(size * 45), (int)(size * 1.5f * (KeysOnEach + 2)) + 60);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        DrawnPicture.DrawText(canvas, [.. keys.Select(static key => $"KEY=\"{key}\"")], new SKColor(40, 40, 40), size);
        using var content = bitmap.Encode(quality == 100 ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, quality);
        return content.ToArray();
    }

    private void Print(List<Reading> readings)
    {
        output.WriteLine("confidence    keys  stated  right");
        foreach (var bin in readings.GroupBy(static reading => Math.Min(9, (int)(reading.Confidence * 10))).OrderByDescending(static bin => bin.Key))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{bin.Key / 10.0:0.0} to {(bin.Key + 1) / 10.0:0.0}  {bin.Count(),6}  {bin.Average(static one => one.Confidence),6:0.00}  {bin.Count(static one => one.IsRight) / (double)bin.Count(),5:0.00}"));
        }
    }

    private sealed record Reading(double Confidence, bool IsRight, bool IsCertain, bool IsAmongFirst);
}
