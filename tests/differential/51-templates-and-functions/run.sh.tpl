#!/bin/sh
${script}
%{ for q in queues ~}
echo ${q}
%{ endfor ~}
