namespace SparseProp.Engine.Adjoint;

/// <summary>Which synapses of a row are gone through, by their weights. Types, so that the hot loop does not ask where all are.</summary>
internal interface ISynapseChoice
{
    static abstract bool Includes(double weight);
}

/// <summary>All of them.</summary>
internal readonly struct EverySynapse : ISynapseChoice
{
    public static bool Includes(double weight) => true;
}

/// <summary>Those that excite.</summary>
internal readonly struct ExcitatorySynapses : ISynapseChoice
{
    public static bool Includes(double weight) => weight > 0;
}

/// <summary>Those that do not.</summary>
internal readonly struct InhibitorySynapses : ISynapseChoice
{
    public static bool Includes(double weight) => !(weight > 0);
}
