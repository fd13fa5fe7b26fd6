namespace AtomicPay.Scanner.Images.Crops;

/// <summary>A way to cut the same line out a little differently: what is read alike from several crops is read right.</summary>
/// <param name="Down">How far the crop is moved, in heights.</param>
/// <param name="Taller">How much more above and below it takes in; smaller letters are the result.</param>
/// <param name="Wider">How much it is stretched.</param>
internal readonly record struct CropVariant(double Down, double Taller, double Wider)
{
    /// <summary>As the lines were cut out that the recognisers were trained with.</summary>
    public static CropVariant Usual { get; } = new(0, 1.15, 1);
}
