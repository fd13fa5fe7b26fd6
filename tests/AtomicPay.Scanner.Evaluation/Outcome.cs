using AtomicPay.Scanner.Images;

namespace AtomicPay.Scanner.Evaluation;

/// <summary>What became of a key that a picture shows.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Key">The key.</param>
/// <param name="Reading">What was read at its place, or anywhere in the picture if it is the key; null when nothing was.</param>
internal sealed record Outcome(Picture Picture, ShownKey Key, KeyReading? Reading)
{
    public bool IsFound => Reading is not null;

    public bool IsExact => Reading?.Key == Key.Text;

    public bool IsCertain => Reading?.Region.Candidates == 1;

    public bool IsAmong(int first) => Reading is not null && Reading.Readings.Take(first).Any(reading => reading.Text == Key.Text);

    /// <summary>Pairs the keys of a picture with its readings; the readings that are left over are false.</summary>
    public static IEnumerable<Outcome> Of(Picture picture, IReadOnlyCollection<KeyReading> readings, out int falseReadings)
    {
        var left = readings.ToList();
        var outcomes = new List<Outcome>();
        foreach (var key in picture.Keys.OrderByDescending(key => left.Any(reading => reading.Key == key.Text)))
        {
            var reading = left.Find(one => one.Key == key.Text) ?? left.Find(one => key.IsAt(one.Region));
            outcomes.Add(new Outcome(picture, key, reading));
            left.Remove(reading!);
        }

        falseReadings = left.Count;
        return outcomes;
    }
}
