{{- define "twintrack.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What a selector is made of; never changes during a release's life. Call with (dict "root" $ "name" service). */}}
{{- define "twintrack.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "twintrack.labels" -}}
{{ include "twintrack.selector" . }}
app.kubernetes.io/part-of: twintrack
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* A row of `services` with what it did not say itself taken from `defaults`; as YAML, for fromYaml. */}}
{{- define "twintrack.row" -}}
{{- $row := mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy (index .root.Values.services .name)) }}
{{- $copies := ternary $row.replicas $row.autoscaling.max (eq $row.autoscaling.kind "none") | int }}
{{- if and (gt $copies 1) (eq (dig "accessMode" "" (default dict $row.storage)) "ReadWriteOnce") }}
{{- fail (printf "services.%s: %d copies share one folder, so storage.accessMode must be ReadWriteMany (or one copy)" .name $copies) }}
{{- end }}
{{- if and (eq $row.autoscaling.kind "queue") (not $row.autoscaling.queues) }}
{{- fail (printf "services.%s: autoscaling by queue needs queues, and this service has none; use cpu" .name) }}
{{- end }}
{{- range $row.calls }}
{{- if not (hasKey $.root.Values.services .) }}{{ fail (printf "services.%s.calls names %s, which is not a service" $.name .) }}{{ end }}
{{- end }}
{{- range $key, $_ := $row.env }}
{{- if regexMatch "(?i)^(ConnectionStrings|keys)__|password|secret|token" $key }}{{ fail (printf "services.%s.env.%s would be a secret among the values; put it into an existing Secret" $.name $key) }}{{ end }}
{{- end }}
{{- if gt (int $row.autoscaling.min) (int $row.autoscaling.max) }}{{ fail (printf "services.%s: autoscaling.min is above max" .name) }}{{ end }}
{{- toYaml $row }}
{{- end }}

{{- define "twintrack.image" -}}
{{ .root.Values.image.registry }}/{{ .row.image }}:{{ default .root.Chart.AppVersion .root.Values.image.tag }}
{{- end }}

{{- define "twintrack.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "twintrack.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "twintrack.fromSecret" -}}
- name: {{ .env }}
  valueFrom:
    secretKeyRef: { name: {{ .secret }}, key: {{ .key }} }
{{- end }}

{{/* Where metrics go: pushed to the collector, fetched by Prometheus, or both. */}}
{{- define "twintrack.metrics" -}}
{{- $ways := list }}
{{- if .Values.telemetry.endpoint }}{{ $ways = append $ways "otlp" }}{{ end }}
{{- if .Values.telemetry.scrape }}{{ $ways = append $ways "prometheus" }}{{ end }}
{{- join "," $ways }}
{{- end }}
