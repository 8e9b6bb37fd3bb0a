namespace SparseProp.Engine.Models.Eif;

/// <summary>An approximation of one function of a positive number, made for one set of parameters.</summary>
internal interface ICurve : IDisposable
{
    double At(double argument);
}
