# A cluster of k8s/overlays/local, in a namespace of its own. The image has to be there: 'kind load docker-image sparseprop:0.1.0'.
# KUBE_COMPONENT names a kustomize component of k8s/components to add, such as older-api.
# shellcheck shell=bash disable=SC2154

namespace=sparseprop-check-$$
port=$((20000 + RANDOM % 10000))
program=()
forwarding=

in_namespace() { kubectl --namespace "$namespace" "$@"; }

obstacle() {
  if ! command -v kubectl > /dev/null; then
    echo 'kubectl is not there'
  elif ! kubectl --request-timeout=10s get nodes > /dev/null 2>&1; then
    echo 'no Kubernetes cluster answers'
  fi
}

# CHECK_PROGRAM names the folder of a program that is built already.
build() {
  local folder=${CHECK_PROGRAM:-$work/program}
  if [ -z "${CHECK_PROGRAM:-}" ]; then
    dotnet build -c Release src/SparseProp.Cli -o "$folder" > "$work/build.log" 2>&1 || { tail -30 "$work/build.log"; fail 'the program cannot be built'; }
  fi
  program=(dotnet "$folder/sparseprop.dll")
}

sparseprop() { "${program[@]}" "$@"; }

manifests() {
  cp -r k8s "$work/k8s"
  sed -i "s/^namespace: sparseprop$/namespace: $namespace/" "$work"/k8s/setup/kustomization.yaml "$work"/k8s/overlays/local/site/kustomization.yaml
  sed -i "s/^  name: sparseprop$/  name: $namespace/" "$work/k8s/setup/namespace.yaml"
  sparseprop certificates "$work/k8s/setup/keys" --token "$work/k8s/setup/keys/token" --keep > /dev/null
  mkdir "$work/k8s/check"
  {
    echo 'apiVersion: kustomize.config.k8s.io/v1beta1'
    echo 'kind: Kustomization'
    echo 'resources: [../overlays/local]'
    echo "components: [${KUBE_COMPONENT:+../components/$KUBE_COMPONENT}]"
    # One engine each, as in the other checks.
    cat <<'TEXT'
patches:
  - target: { kind: Deployment }
    patch: |
      - op: replace
        path: /spec/template/spec/containers/0/resources
        value: { requests: { cpu: 100m, memory: 512Mi }, limits: { memory: 2Gi } }
TEXT
  } > "$work/k8s/check/kustomization.yaml"
}

up() {
  manifests
  kubectl apply -k "$work/k8s/setup" > "$work/up.log"
  # A cluster without volume classes has volumes that somebody made for it.
  if [ -n "${KUBE_VOLUME:-}" ]; then kubectl apply -f "$KUBE_VOLUME" >> "$work/up.log"; fi
  kubectl apply -k "$work/k8s/check" >> "$work/up.log"
  in_namespace rollout status --timeout=180s statefulset/sparseprop-coordinator >> "$work/up.log" || fail 'the coordinator does not start'
  in_namespace rollout status --timeout=180s deployment/sparseprop-worker >> "$work/up.log" || fail 'the workers do not start'
  # Until the end, and again whenever the pod behind it has gone.
  (while true; do in_namespace port-forward service/sparseprop "$port:9110" || sleep 1; done) > "$work/forward.log" 2>&1 &
  forwarding=$!
  export SPARSEPROP_COORDINATOR=127.0.0.1:$port SPARSEPROP_TOKEN_FILE=$work/k8s/setup/keys/token
}

down() {
  if [ -n "$forwarding" ]; then
    kill "$forwarding" 2> /dev/null || true
    pkill -P "$forwarding" 2> /dev/null || true
  fi
  kubectl delete namespace "$namespace" --ignore-not-found --timeout=180s
}

logs() { in_namespace logs --prefix --tail 200 --selector app.kubernetes.io/name=sparseprop; }

workers() { in_namespace get pods --selector app.kubernetes.io/component=worker --output name; }

kill_pod() { in_namespace delete "$1" --grace-period=0 --force > /dev/null 2>&1; }

kill_worker() {
  kill_pod "$(workers | head -1)"
  await 120 'both workers again' has_workers 2
}

kill_coordinator() {
  kill_pod pod/sparseprop-coordinator-0
  await 180 'the coordinator is back' recorded
  await 120 'both workers again' has_workers 2
}

# Whether a policy is enforced depends on the cluster's network.
cut_worker() {
  local victim
  victim=$(workers | tail -1)
  in_namespace label "$victim" sparseprop-check=cut > /dev/null
  in_namespace apply -f - > /dev/null <<TEXT
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: cut }
spec: { podSelector: { matchLabels: { sparseprop-check: cut } }, policyTypes: [Ingress, Egress] }
TEXT
  local until=$((SECONDS + 75))
  until has_workers 1 || [ $SECONDS -ge $until ]; do sleep 1; done
  has_workers 1 || say 'this network does not enforce policies: nothing was cut'
  in_namespace delete networkpolicy cut > /dev/null
  in_namespace label "$victim" sparseprop-check- > /dev/null
  await 120 'the worker is back' has_workers 2
}

restart_all() {
  in_namespace rollout restart deployment/sparseprop-worker statefulset/sparseprop-coordinator > /dev/null
  in_namespace rollout status --timeout=300s deployment/sparseprop-worker > /dev/null || fail 'the workers are not back'
  in_namespace rollout status --timeout=300s statefulset/sparseprop-coordinator > /dev/null || fail 'the coordinator is not back'
  await 120 'all workers again' has_workers 3
}

scale_up() {
  in_namespace scale --replicas=3 deployment/sparseprop-worker > /dev/null
  await 120 'three workers' has_workers 3
}

scale_down() {
  in_namespace scale --replicas=2 deployment/sparseprop-worker > /dev/null
  await 120 'two workers' has_workers 2
}

fetch_store() { sparseprop results fetch "$1" --out "$2" > /dev/null; }
