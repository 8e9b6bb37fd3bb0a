# A cluster of docker-compose.yml, under a project name of its own.
# shellcheck shell=bash disable=SC2034,SC2154

export COMPOSE_PROJECT_NAME=sparseprop-check-$$ SPARSEPROP_VERSION=check SPARSEPROP_PUBLISH=127.0.0.1:0 WORKER_SLOTS=1
SOURCE_REVISION=$(git rev-parse HEAD 2> /dev/null || true)
export SOURCE_REVISION

compose() { docker compose --profile standby --profile cli "$@"; }

obstacle() {
  if ! command -v docker > /dev/null; then
    echo 'docker is not there'
  elif ! docker compose version > /dev/null 2>&1; then
    echo 'docker has no compose'
  elif ! docker info > /dev/null 2>&1; then
    echo 'no Docker engine answers'
  fi
}

# CHECK_IMAGE names an image that is there already.
build() {
  if [ -n "${CHECK_IMAGE:-}" ]; then
    docker tag "$CHECK_IMAGE" sparseprop:check
  else
    compose build --quiet coordinator > "$work/build.log" 2>&1 || { tail -30 "$work/build.log"; fail 'the image cannot be built'; }
  fi
  say "image of $(($(docker image inspect -f '{{.Size}}' sparseprop:check) / 1000000)) MB, user $(docker image inspect -f '{{.Config.User}}' sparseprop:check)"
}

# Commands that need no cluster start none.
sparseprop() { docker compose --profile cli run --rm --no-deps -T -v "$work:$work" cli "$@"; }

up() {
  compose up -d --no-build --wait --wait-timeout 120 coordinator standby worker > "$work/up.log" 2>&1 || { cat "$work/up.log"; fail 'compose up'; }
}

down() { compose down -v --remove-orphans -t 60; }

logs() { compose logs --tail 200; }

worker() { compose ps -q worker | sed -n "$1p"; }

# By its name on the network, the one whose health says that it is ready.
active() {
  local name
  for name in coordinator standby; do
    if compose exec -T "$name" /app/health.sh ready > /dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  return 1
}

# What is killed is not started again by the engine: it was meant.
kill_worker() {
  local victim
  victim=$(worker 1)
  docker kill -s KILL "$victim" > /dev/null
  sleep 2
  docker start "$victim" > /dev/null
  await 90 'both workers again' has_workers 2
}

kill_coordinator() {
  local victim
  victim=$(active)
  compose kill -s KILL "$victim" > /dev/null 2>&1
  await 120 'the other coordinator takes over' active
  compose start "$victim" > /dev/null 2>&1
}

cut_worker() {
  local victim network=${COMPOSE_PROJECT_NAME}_default
  victim=$(worker 2)
  docker network disconnect "$network" "$victim"
  await 120 'the worker is given up' has_workers 1
  docker network connect "$network" "$victim"
  await 120 'the worker is back' has_workers 2
}

restart_all() {
  local container
  for container in $(compose ps -q worker standby coordinator); do
    docker restart -t 75 "$container" > /dev/null
    # The next one only when somebody coordinates again.
    await 120 'a coordinator is ready' active
  done
  await 120 'all workers again' has_workers 3
}

scale_up() {
  compose up -d --no-build --no-recreate --scale worker=3 worker > /dev/null 2>&1
  await 90 'three workers' has_workers 3
}

scale_down() {
  compose up -d --no-build --no-recreate --scale worker=2 worker > /dev/null 2>&1
  await 90 'two workers' has_workers 2
}

fetch_store() { sparseprop results fetch "$1" --out "$2" > /dev/null; }
