namespace AtomicPay.Scanner.Images;

/// <summary>A rectangle of a picture in pixels; right and bottom are the first ones outside.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public PixelBox Union(PixelBox other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    public bool Overlaps(PixelBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>Whether over half of the smaller of the two lies on the other.</summary>
    public bool MostlyCovers(PixelBox other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return width > 0 && height > 0 && 2L * width * height > Math.Min((long)Width * Height, (long)other.Width * other.Height);
    }

    public PixelBox Moved(int right, int down) => new(Left + right, Top + down, Right + right, Bottom + down);
}
