using System.Text;
using SparseProp.EndToEnd;
using k8s.Models;

namespace SparseProp.Deployment.Tests.Kubernetes;

/// <summary>Files that a pod has from Secrets and ConfigMaps, as real ones.</summary>
internal sealed class PodFiles : IDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly Dictionary<string, string> _mounts = [];

    public PodFiles(Manifests manifests, Workload workload)
    {
        foreach (var mount in workload.Container.VolumeMounts ?? [])
        {
            if ((workload.Pod.Volumes ?? []).FirstOrDefault(volume => volume.Name == mount.Name) is not { } volume)
            {
                continue;
            }

            var folder = _folder.In(mount.Name);
            Directory.CreateDirectory(folder);
            _mounts.Add(mount.MountPath, folder);
            foreach (var (path, content) in FilesOf(manifests, volume))
            {
                File.WriteAllBytes(Path.Combine(folder, path), content);
            }
        }
    }

    /// <summary>Where what a pod has at a path really is; anything else as it is.</summary>
    public string Real(string text)
    {
        foreach (var (mount, folder) in _mounts)
        {
            if (text.StartsWith($"{mount}/", StringComparison.Ordinal))
            {
                return folder + text[mount.Length..];
            }
        }

        return text;
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, byte[]> FilesOf(Manifests manifests, V1Volume volume) => volume switch
    {
        { Secret: { } secret } => Chosen(manifests.Find<V1Secret>(secret.SecretName)?.Data, secret.Items),
        { ConfigMap: { } map } => Chosen(
            manifests.Find<V1ConfigMap>(map.Name)?.Data?.ToDictionary(entry => entry.Key, entry => Encoding.UTF8.GetBytes(entry.Value)),
            map.Items),
        _ => [],
    };

    private static Dictionary<string, byte[]> Chosen(IDictionary<string, byte[]>? all, IList<V1KeyToPath>? items) =>
        all is null ? []
        : items is null ? new(all)
        : items.Where(item => all.ContainsKey(item.Key)).ToDictionary(item => item.Path, item => all[item.Key]);
}
