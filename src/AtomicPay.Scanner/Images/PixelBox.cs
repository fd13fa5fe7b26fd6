namespace AtomicPay.Scanner.Images;

/// <summary>A rectangle of a picture in pixels; right and bottom are the first ones outside.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public PixelBox Union(PixelBox other) => new(
        Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    public bool Overlaps(PixelBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public PixelBox Moved(int right, int down) => new(Left + right, Top + down, Right + right, Bottom + down);
}
