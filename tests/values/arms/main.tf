# Arms of conditions: what the one that is not taken makes of the other, and what has no type in common.

variable "any" {
  default = { a = [1, "x"], b = null }
}

variable "anymap" {
  type    = map(any)
  default = { a = 1, b = "x" }
}

variable "empty_list" {
  type    = list(string)
  default = []
}

variable "empty_map" {
  type    = map(string)
  default = {}
}

variable "ids" {
  type    = set(string)
  default = ["y", "x"]
}

variable "mapobj" {
  type = map(object({
    port = optional(number, 80)
    cidrs = optional(set(string), ["10.0.0.0/8", "10.0.0.0/8"])
    rules = optional(list(object({ p = string, d = optional(string, "desc") })), [{ p = "tcp" }])
  }))
  default = { web = {}, db = { port = "5432", rules = [{ p = 1 }, { p = "u", d = null }] } }
}

variable "names" {
  type    = list(string)
  default = ["b", "a", "c"]
}

variable "null_list" {
  type    = list(string)
  default = null
}

variable "null_number" {
  type    = number
  default = null
}

variable "null_text" {
  type    = string
  default = null
}

variable "numbers" {
  type    = list(number)
  default = [3, 1, 2]
}

variable "objs" {
  type = list(object({
    name  = string
    size  = optional(number, 3)
    tags  = optional(map(string), { d = "e" })
    inner = optional(object({ x = optional(bool, true), y = optional(list(string)) }), {})
    none  = optional(string)
  }))
  default = [{ name = "a" }, { name = 2, size = "7", tags = { q = 1 }, inner = { x = "false" }, none = "n" }, { name = "c", size = null, tags = null, inner = null }]
}

variable "tags" {
  type    = map(string)
  default = { b = "2", a = "1" }
}

locals {
  people = [{ n = "ann", age = 3, t = ["x"] }, { n = "bob", age = 5, t = [] }, { n = "cy", age = 3, t = ["y", "z"] }]
  mixed  = { z = 1, a = "two", m = [3], n = null }
  nested = { k1 = { a = 1 }, k2 = { a = 2 } }
}

output "group_1" {
  value = [
    try([(!"true" ? yamldecode(yamlencode({n=null,age=2})) : {})], "refused"),
    try([(!anytrue([length(var.names) > 2]) ? reverse(split(",","a")) : [])], "refused"),
    try([(!false ? slice(["1",2],0,1) : [])], "refused"),
    try([(!length(var.names) > 2 ? concat(["1",2],["1",2]) : [])], "refused"),
    try([(!length(var.names) > 2 ? {a={a=1,b=[1]},l=local.people[*].n} : {n=local.people[0].n,age=7})], "refused"),
    try([(!tobool(true) ? concat(slice(tolist([{n="z",age=1}]),0,1),(var.null_list == null ? [] : [{n="a",age=1},{n="b",age=2}])) : [])], "refused"),
    try([(!true ? {a=local.people[0],l=values(var.tags)} : {})], "refused"),
    try([(!var.names == [] ? concat(toset([2,1]),[for p in local.people: p.age]) : [])], "refused"),
    try([("true" ? -1 : 0)], "refused"),
    try([("true" ? [1] : [1,2,3])], "refused"),
    try([("true" ? var.objs : [{n="a"},{n=1,age=3}])[0]], "refused"),
    try([(("2" < 10) ? yamldecode(yamlencode(var.mapobj["web"])) : yamldecode(yamlencode({a=1,b=[1]})))], "refused"),
    try([(("true" == "") ? [{},{a=1,b=[1]}] : [])], "refused"),
    try([(("é" != "A-b") ? local.people[0] : {})], "refused"),
    try([(("é" == null) ? title("a,b,c") : yamlencode(length(var.names) > 2))], "refused"),
    try([(("é" == var.null_text) ? concat(values(local.nested),[]) : slice(toset([{n="z",age=1}]),0,1))], "refused"),
    try([((0 != 0.5) ? reverse(tolist([3,1])) : [])], "refused"),
    try([((0 != local.people[*].age) ? merge({n=null,age=2},{a=var.names[0]}) : {})], "refused"),
    try([((3 < 10) ? jsondecode(jsonencode({a=1,b=[1]})) : yamldecode(yamlencode(var.mapobj["web"])))], "refused"),
    try([(([for o in [{n="a",age=1},{n="b",age=2}]: o] == tolist(toset([2,1]))) ? merge({n="é",age=7},{a=lookup({n=null,age=2},"a",3)}) : {})], "refused"),
    try([(([{n="a",age=1},{n="b",age=2}] == range(3)) ? indent(2,"b") : element(local.people[*].age,length(var.names)))], "refused"),
    try([((can(regex("^[a-z]","1")) || can("10.0.0.0/16".n)) ? coalescelist([],[1,2,3])[1] : (one(["2"]) - parseint("101",36)))], "refused"),
    try([((can(regex("^[a-z]","A-b")) && ("true" && "true")) ? base64encode(trimprefix(var.null_text,"a")) : chomp(urlencode(var.null_text)))], "refused"),
    try([((compact(var.names) == [for x in keys(var.tags): {n=x,age=length(var.names)}]) ? reverse(setunion(toset([2,1]),toset([2,1]))) : reverse(reverse(["1",2])))], "refused"),
    try([((concat([1,2,3],local.people[*].age) == (var.null_list == null ? toset([{n="z",age=1}]) : [])) ? max(-1,(var.names == [] ? "2" : 0.5)) : min(floor(7),ceil(-1)))], "refused"),
  ]
}

output "group_2" {
  value = [
    try([((flatten([local.people[*].age,[local.people[0].age]]) != {n="b",age=0}) ? tolist(concat(local.people,[])) : [for o in (true ? [{n="a",age=1},{n="b",age=2}] : []): o])], "refused"),
    try([((keys(var.tags) != true) ? matchkeys(toset(["q","p"]),toset(["q","p"]),keys(var.tags)) : [])], "refused"),
    try([((length(var.names) > 2 || true) ? slice(local.people[*].age,0,1) : [])], "refused"),
    try([((local.people[0].age != 3) ? matchkeys(toset(["q","p"]),["x"],["x"]) : [])], "refused"),
    try([((max(0,var.numbers[0]) == length(var.names)) ? [for x in tolist(["a"]): {n=x,age="2"}][0] : yamldecode(yamlencode({n="1",age=-1})))], "refused"),
    try([((null != "b") ? [7,3] : setunion([1],[1]))], "refused"),
    try([((range(3) == var.mapobj["web"]) ? merge(var.anymap,var.empty_map) : zipmap(var.empty_list,["x"]))], "refused"),
    try([((trim("","ab ") != null) ? yamldecode(yamlencode(merge({a=1,b=[1]},{a="é"}))) : null)], "refused"),
    try([((urlencode(var.names[0]) != trimprefix(local.people[0].n,"a")) ? concat(flatten([[],[{a=1,b=[1]}]]),toset(values(local.nested))) : [])], "refused"),
    try([((values({a=0.5,b=10}) == null) ? tolist(formatlist("%s-%v",[],"x y")) : [])], "refused"),
    try([((var.null_list == null != null) ? [{n="a"},{n=1,age=3}][0] : {})], "refused"),
    try([((var.objs == ["b","a"]) ? jsondecode(jsonencode({n="a",age=1})) : null)], "refused"),
    try([((var.tags["a"] != null) ? reverse(var.empty_list) : [])], "refused"),
    try([((var.tags["a"] == "1") ? {a={},l={a="x"}} : {n="true",age=1.5})], "refused"),
    try([(({("10.0.0.0/16")=-1} == slice([],0,1)) ? yamldecode(yamlencode(jsondecode(jsonencode(var.any)))) : null)], "refused"),
    try([(({for n in var.names: n=>length(n)} == {a="x"}) ? trimprefix("1","a") : signum(local.people[0].age))], "refused"),
    try([(({n=null,age=2} == []) ? [0.5,0.5] : [])], "refused"),
    try([(({} == toset(["q","p"])) ? ceil(1) : one([2]))], "refused"),
    try([(alltrue(["true",false]) ? tomap(var.empty_map) : {})], "refused"),
    try([(alltrue([false,length(var.names) > 2]) ? [for x in local.people[*].n: {n=x,age=var.numbers[0]}] : [])], "refused"),
    try([(alltrue([length(var.names) > 2,"true"]) ? [for o in values(local.nested): o if try(o.age,0) > 1] : slice([{n="a"},{n=1,age=3}],0,1))], "refused"),
    try([(alltrue([true,var.null_list == null]) ? {for i,x in ["x"]: x=>i...} : transpose({a=["b","a"],b=keys(var.tags)}))], "refused"),
    try([(anytrue(["true"]) ? [for x in tolist([3,1]): x*2] : (length(var.names) > 2 ? [1,2,3] : toset([2,1])))], "refused"),
    try([(anytrue([var.null_list == null]) ? jsondecode(jsonencode({a=1,b=[1]})) : null)], "refused"),
    try([(anytrue([var.null_list == null]) ? signum(100) : floor(local.people[0].age))], "refused"),
  ]
}

output "group_3" {
  value = [
    try([(can(can(values(var.tags)[0])[0]) ? slice([for x in [for p in local.people: p.age]: x*2],0,1) : (startswith(var.null_text,"a") ? concat(range(3),var.numbers) : []))], "refused"),
    try([(can(null.n) ? [for a,b in setproduct(["b","a"],var.ids): {n=b[0],age=a}] : [for o in [{n="a"},{n=1,age=3}]: o])], "refused"),
    try([(can(regex("^[a-z]",regex("[a-z]+","x y"))) ? {n=indent(2,var.names[0]),age=floor(7)} : {})], "refused"),
    try([(can(regex("^[a-z]",trim("b","ab "))) ? [for i,x in range(3): 1][0] : length(slice([],0,1)))], "refused"),
    try([(can(tonumber("10.0.0.0/16")) ? {a=var.mapobj["web"],l=values(var.tags)} : {})], "refused"),
    try([(can(tonumber("a,b,c")) ? slice([{n="a",age=1},{n="b",age=2}],0,1) : concat([],tolist([{n="z",age=1}])))], "refused"),
    try([(can(tonumber(var.names[0])) ? flatten([["1",2],["2"]]) : [])], "refused"),
    try([(can(tonumber(var.null_text)) ? base64encode(var.names[0]) : md5("x y"))], "refused"),
    try([(can(tonumber(var.null_text)) ? {n="é",age=length(var.names)} : (var.names == [] ? local.mixed : null))], "refused"),
    try([(can(tonumber(var.tags["a"])) ? one([-1]) : max(100,1.5))], "refused"),
    try([(contains(["x"],"true") ? {a=var.null_text,b="x y"} : {})], "refused"),
    try([(contains([],"1") ? [for a,b in setproduct(var.empty_list,[]): {n=b[0],age=a}] : [for o in toset([{n="z",age=1}]): merge(o,{k=1})])], "refused"),
    try([(contains(tomap({}),null) ? tolist([{n="z",age=1}])[*].n : [for i,x in range(3): 1])], "refused"),
    try([(contains(var.any,[for p in local.people: p.age]) ? reverse([1,2,3]) : (length(var.names) > 2 ? [0.5,2] : []))], "refused"),
    try([(contains(var.any,{n="a",age=1}) ? keys(var.tags) : [])], "refused"),
    try([(contains(var.tags,values(var.tags)) ? {n=var.names[0],age=length(var.names)} : {})], "refused"),
    try([(contains({a=local.people[0],l=[0.5,2]},alltrue([var.names == [],var.null_list == null])) ? sum([for i,x in {a="x"}: i]) : -(abs(100)))], "refused"),
    try([(contains({},toset([2,1])) ? [for x in [1,2,3]: x*2] : sort(range(3)))], "refused"),
    try([(false ? "1" : 10)], "refused"),
    try([(false ? local.mixed : {n=null,age=2})], "refused"),
    try([(false ? {a=1,b=[1]} : {n=null,age=2})], "refused"),
    try([(false ? {n=null,age=2} : {})], "refused"),
    try([(length(var.names) > 2 ? tomap({}) : {})], "refused"),
    try([(length(var.names) > 2 ? {} : var.any)], "refused"),
    try([(startswith("a,b,c","a") ? {for k,v in var.anymap: k=>v} : {})], "refused"),
  ]
}

output "group_4" {
  value = [
    try([(strcontains("A-b","b") ? yamldecode(yamlencode({a=1,b=[1]})) : merge({},{a={n="a",age=1}}))], "refused"),
    try([(strcontains("b","b") ? [for x in keys(var.tags): {n=x,age=1.5}] : [])], "refused"),
    try([(tobool(null) ? (var.null_list == null ? var.any : {}) : {n="10.0.0.0/16",age="2"})], "refused"),
    try([(tobool(null) ? [for x in [1]: x if true] : [])], "refused"),
    try([(tobool(true) ? setunion(setunion(tolist([3,1]),tolist([3,1])),flatten([var.numbers,[3]])) : [])], "refused"),
    try([(tobool(true) ? values({a=sum(var.numbers),b=-(10)}) : [])], "refused"),
    try([(true ? "x y" : "é")], "refused"),
    try([(true ? [{n="a"},{n=1,age=3}] : [])], "refused"),
    try([(true ? local.people : [])], "refused"),
    try([(true ? var.numbers : [1])], "refused"),
    try([(true ? {a=1,b=[1]} : {})], "refused"),
    try([(var.names == [] ? 1.5 : 1)], "refused"),
    try([(var.names == [] ? [1] : [for p in local.people: p.age])], "refused"),
    try([(var.names == [] ? toset([2,1]) : [])], "refused"),
    try([(var.names == [] ? var.mapobj["web"] : local.people[0])], "refused"),
    try([(var.names == [] ? var.objs : [])], "refused"),
    try([(var.names == [] ? {} : null)], "refused"),
    try([(var.null_list == null ? "b" : "1")], "refused"),
    try([(var.null_list == null ? [1] : local.people[*].age)[1]], "refused"),
    try([(var.null_list == null ? length(var.names) : 10)], "refused"),
    try([(var.null_list == null ? local.mixed : null)], "refused"),
    try([(var.null_list == null ? var.any : {})], "refused"),
    try([(var.null_list == null ? var.objs[0] : null)], "refused"),
    try([(var.null_list == null ? var.objs[0] : {n=null,age=2})], "refused"),
    try([(var.null_list == null ? {} : null)], "refused"),
  ]
}

output "group_5" {
  value = [
    try([-(((true == null) ? length(values(var.tags)) : (false ? 2 : 0)))], "refused"),
    try([["%{ for x in distinct(tolist(["a"])) ~} ${x} %{ endfor ~}",(contains(var.empty_list,var.tags["a"]) ? trim(local.people[0].n,"ab ") : trimprefix("1","a"))]], "refused"),
    try([[("true" ? {} : null),jsondecode(jsonencode(local.mixed))][0]], "refused"),
    try([[(length(var.names) > 2 ? {a=1,b=[1]} : local.mixed),jsondecode(jsonencode(local.people[0]))]], "refused"),
    try([[(true ? "b" : "2"),"%{ if var.null_list == null }y%{ else }n%{ endif }"][0]], "refused"),
    try([[(var.names == [] ? 10 : var.numbers[0]),min(10,0)]], "refused"),
    try([[[100,2][1],abs(("true" ? length(var.names) : "2"))]], "refused"),
    try([[for i,x in (startswith("true","a") ? values({a=var.numbers[0],b="2"}) : coalescelist([],tolist([3,1]))): 2]], "refused"),
    try([[for i,x in (var.names == [] ? {for n in var.names: n=>length(n)} : {}): 2]], "refused"),
    try([[for o in (false ? [{n="a",age=1},{n="b",age=2}] : values(local.nested)): merge(o,{k=1})]], "refused"),
    try([[for o in (var.names == [] ? tolist([{n="z",age=1}]) : []): merge(o,{k=1})]], "refused"),
    try([[for o in concat((var.null_list == null ? [{n="a"},{n=1,age=3}] : []),[for o in values(local.nested): merge(o,{k=1})]): merge(o,{k=1})]], "refused"),
    try([[for o in distinct((var.null_list == null ? var.objs : [])): o]], "refused"),
    try([[for o in flatten([(length(var.names) > 2 ? [] : [{n="a"},{n=1,age=3}]),[{n="é",age=0}]]): o if try(o.age,0) > 1]], "refused"),
    try([[for o in slice((false ? tolist([{n="z",age=1}]) : []),0,1): o if try(o.age,0) > 1]], "refused"),
    try([[for x in (contains(tolist([3,1]),"true") ? [for i,x in local.people: 2] : []): x if x > 1]], "refused"),
    try([[for x in (strcontains("10.0.0.0/16","b") ? tolist(values(var.tags)) : tolist(["b","a"])): upper(x)]], "refused"),
    try([[for x in (true ? [1,"a"] : []): {n=x,age=length(var.mapobj["web"])}]], "refused"),
    try([[jsondecode(jsonencode(var.mapobj["web"])),(var.names == [] ? var.any : {})]], "refused"),
    try([[{a={a=var.objs[0],l=var.ids},l=jsondecode(jsonencode(var.any))},{n=format("%d/%s",0.5,"x y"),age=(var.null_list == null ? length(var.names) : var.numbers[0])}]], "refused"),
    try([abs(("true" ? length(var.names) : 100))], "refused"),
    try([can((var.null_list == null ? 1.5 : 1.5)[0])], "refused"),
    try([coalesce(null,("true" ? 1 : 10))], "refused"),
    try([coalesce(tostring(var.names == []),(length(var.names) > 2 ? "1" : "é"))], "refused"),
    try([coalesce(var.null_number,(false ? 3 : 1))], "refused"),
  ]
}

output "group_6" {
  value = [
    try([coalesce(var.null_number,(var.null_list == null ? var.numbers[0] : 2))], "refused"),
    try([compact(coalescelist([],(var.names == [] ? toset([2,1]) : [])))], "refused"),
    try([concat((var.null_list == null ? split(",","a,b,a") : []),keys(var.objs[0]))], "refused"),
    try([concat([for o in []: merge(o,{k=1})],(false ? toset([{n="z",age=1}]) : []))], "refused"),
    try([concat(concat([for o in var.objs: merge(o,{k=1})],slice(var.objs,0,1)),[for x in (false ? var.ids : ["x"]): {n=x,age=try(var.mapobj["web"] + 1, "2")}])], "refused"),
    try([concat(slice((false ? [1] : [for p in local.people: p.age]),0,1),try(compact([1]),[]))], "refused"),
    try([concat(values({a=(var.names == [] ? local.people[0].age : 3),b=("true" ? 2 : 1.5)}),slice(compact([1]),0,1))], "refused"),
    try([contains(("true" ? local.people : values(local.nested)),(var.names == [] ? {a=1,b=[1]} : null))], "refused"),
    try([contains((var.null_list == null ? ["b","a"] : toset(["q","p"])),yamlencode([{n="a"},{n=1,age=3}]))], "refused"),
    try([contains(setunion([for k,v in zipmap(["p","q"],[1,2]): k],(true ? [1,"a"] : [1,"a"])),"%{ if anytrue([false]) }z%{ else }n%{ endif }")], "refused"),
    try([distinct((var.names == [] ? tolist([{n="z",age=1}]) : [{n="a"},{n=1,age=3}]))], "refused"),
    try([distinct([for x in (false ? ["1",2] : []): x*2])], "refused"),
    try([element(((length(var.names) > 2 && length(var.names) > 2) ? reverse([0.5,2]) : []),3)], "refused"),
    try([element((contains(["1",2],"é") ? slice(toset([2,1]),0,1) : distinct([0.5,2])),3)], "refused"),
    try([flatten([(anytrue([true]) ? toset([]) : [for o in [{n="a",age=1},{n="b",age=2}]: merge(o,{k=1})]),[{n="${""}-${"1"}",age=max(length(var.names),"2")}]])], "refused"),
    try([flatten([(false ? tolist([{n="z",age=1}]) : []),[merge(var.any,{a=toset([{n="z",age=1}])})]])], "refused"),
    try([flatten([(length(var.names) > 2 ? [] : []),split(" ","a")])], "refused"),
    try([flatten([(length(var.names) > 2 ? [{n="a",age=1},{n="b",age=2}] : []),[merge(var.objs[0],{a=split(",","a,b,a")})]])], "refused"),
    try([flatten([[for a,b in setproduct(tolist(["a"]),["x"]): {n=b[0],age=a}],[(true ? {a=1,b=[1]} : {})]])], "refused"),
    try([flatten([[for o in var.objs: merge(o,{k=1})],[(var.null_list == null ? {} : null)]])[*].n], "refused"),
    try([flatten([distinct(flatten([[{n="a",age=1},{n="b",age=2}],[local.mixed]])),[(!true ? values(local.nested)[0] : {})]])], "refused"),
    try([flatten([reverse(concat([1,2,3],[1])),[((7 <= 0.5) ? lookup({},"a",-1) : sum([1]))]])], "refused"),
    try([flatten([toset(toset([2,1])),[("true" ? 0 : 0)]])], "refused"),
    try([floor((can(regex("^[a-z]","x y")) ? abs(0) : -(length(var.names))))], "refused"),
    try([floor((length(var.names) > 2 ? var.numbers[0] : "2"))], "refused"),
  ]
}

output "group_7" {
  value = [
    try([floor(one([(length(var.names) > 2 ? 0 : 1.5)]))], "refused"),
    try([format("%d/%s",(("true" || true) ? element([for p in local.people: p.age],var.numbers[0]) : abs(1)),[for k,v in {a="x"}: "${k}=${v}"][0])], "refused"),
    try([format("%d/%s",(max(1,local.people[0].age) * min(length(var.names),local.people[0].age)),chomp((var.names == [] ? "x y" : local.people[0].n)))], "refused"),
    try([format("%d/%s",-(("true" ? 1.5 : 0)),coalesce(trim(local.people[0].n,"ab "),sum([1])))], "refused"),
    try([format("%q",(length(var.names) > 2 ? 2 : local.people[0].age))], "refused"),
    try([format("%v",lower((false ? var.tags["a"] : var.tags["a"])))], "refused"),
    try([indent(2,(true ? "true" : "A-b"))], "refused"),
    try([join("",formatlist("%s-%v",try([1,"a"],[]),(true ? -1 : 1.5)))], "refused"),
    try([join(",",(true ? var.names : [1]))], "refused"),
    try([jsondecode(jsonencode((can(regex("^[a-z]",var.names[0])) ? (true ? var.objs[0] : local.people[0]) : null)))], "refused"),
    try([jsondecode(jsonencode((true ? local.people[0] : null)))], "refused"),
    try([jsondecode(jsonencode((var.names == [] ? local.people[0] : {})))], "refused"),
    try([jsondecode(jsonencode((var.names == [] ? var.objs[0] : null)))], "refused"),
    try([lookup(merge((true ? {} : var.any),{a=urlencode("b")}),"a",3)], "refused"),
    try([max(floor(ceil(length(var.names))),((length(var.names) > 2 ? 7 : 2) / one([10])))], "refused"),
    try([merge((anytrue([var.null_list == null]) ? var.objs[0] : {}),{a=tolist([])[0]})], "refused"),
    try([merge((true ? var.mapobj["web"] : {}),{a=([for p in local.people: p.age] == tomap({a=1,b=2}))})], "refused"),
    try([merge((var.names == [] ? local.mixed : null),{a=merge({a=1,b=[1]},{a=[{n="a",age=1},{n="b",age=2}]})})], "refused"),
    try([merge((var.null_list == null ? local.people[0] : null),{a=anytrue([true])})], "refused"),
    try([merge((var.null_list == null ? tomap({a=1,b=2}) : {}),merge({a="x"},{for n in var.names: n=>length(n)}))], "refused"),
    try([merge(jsondecode(jsonencode({a=1,b=[1]})),{a=(length(var.names) > 2 ? [1,"a"] : [])})], "refused"),
    try([merge(yamldecode(yamlencode(("true" ? var.mapobj["web"] : {}))),{a=regex("[a-z]+",upper(var.null_text))})], "refused"),
    try([one([lookup((false ? {n=null,age=2} : {}),"a",1.5)])], "refused"),
    try([setunion((false ? [0.5,2] : range(3)),distinct([1,2,3]))], "refused"),
    try([signum(try(signum(-1) + 1, (true ? 10 : length(var.names))))], "refused"),
  ]
}

output "group_8" {
  value = [
    try([slice((({n=null,age=2} == var.empty_list) ? concat(tolist([3,1]),range(3)) : []),0,1)], "refused"),
    try([slice((true ? var.objs : var.objs),0,1)[*].n], "refused"),
    try([sort(((local.people[0] == var.tags) ? [for x in [0.5,2]: x if "true"] : []))], "refused"),
    try([sort(slice(("true" ? toset([2,1]) : var.numbers),0,1))], "refused"),
    try([strcontains((startswith("b","a") ? chomp("x y") : urlencode(var.null_text)),"b")], "refused"),
    try([sum((can([][0]) ? distinct(var.numbers) : [for i,x in var.objs: 2]))], "refused"),
    try([title("${indent(2,var.null_text)}-${(var.null_list == null ? 10 : var.numbers[0])}")], "refused"),
    try([title((true ? var.tags["a"] : 1.5))], "refused"),
    try([tolist((alltrue([var.names == [],"true"]) ? [for x in [0.5,2]: x*2] : values({a=100,b=1})))], "refused"),
    try([tolist((false ? values(local.nested) : local.people))], "refused"),
    try([tolist((var.names == [] ? [{n="a",age=1},{n="b",age=2}] : []))], "refused"),
    try([tolist(toset((var.null_list == null ? [{n="a",age=1},{n="b",age=2}] : [])))], "refused"),
    try([tomap((false ? tomap({}) : var.tags))], "refused"),
    try([toset((contains([],"a,b,c") ? compact([1,2,3]) : values({a="2",b=0})))], "refused"),
    try([toset((length(var.names) > 2 ? [] : toset([{n="z",age=1}])))], "refused"),
    try([toset(reverse((length(var.names) > 2 ? [0.5,2] : var.numbers)))], "refused"),
    try([transpose({a=(can({for n in var.names: n=>length(n)}.n) ? formatlist("%s-%v",var.ids,"2") : []),b=tolist(setsubtract(keys(var.tags),["x"]))})], "refused"),
    try([transpose({a=concat(distinct(tolist(["a"])),try(var.empty_list,[])),b=((-1 <= 0) ? regexall("[a-z]",var.tags["a"]) : slice(["b","a"],0,1))})], "refused"),
    try([try((var.null_list == null ? -1 : local.people[0].age) + 1, ("2" % 3))], "refused"),
    try([try(flatten([(var.null_list == null ? var.empty_list : var.names),compact(var.ids)]),[])], "refused"),
    try([values({a=((["x"] == null) ? sum(local.people[*].age) : one([local.people[0].age])),b=one([length(tolist([3,1]))])})], "refused"),
    try([values({a=(var.null_list == null ? length(var.names) : 0.5),b=(true ? 7 : 1.5)})], "refused"),
    try([values({a=-(one([1])),b=lookup(("true" ? {a=1,b=[1]} : {a=1,b=[1]}),"a",1.5)})], "refused"),
    try([values({a=parseint("101",36),b=((local.mixed == local.mixed) ? coalesce(null,0.5) : lookup(var.any,"a",var.numbers[0]))})], "refused"),
    try([yamldecode(yamlencode((("2" >= 0) ? {a=var.mapobj["web"],l={a=1,b=[1]}} : null)))], "refused"),
  ]
}

output "group_9" {
  value = [
    try([yamldecode(yamlencode((true ? {a=1,b=[1]} : {})))], "refused"),
    try([yamlencode(distinct((var.names == [] ? [1,2,3] : [])))], "refused"),
    try([zipmap(flatten([tolist(["a"]),split(",","a,b,a")]),(var.names == [] ? var.numbers : []))], "refused"),
    try([{(replace(upper("b"),"-","z"))=(alltrue([var.names == [],length(var.names) > 2]) ? range(3)[0] : min(10,length(var.names)))}], "refused"),
    try([{(trimprefix("é","a"))=(true ? 0.5 : -1)}], "refused"),
    try([{a=("true" ? local.people[0] : {}),l=(false ? tolist([{n="z",age=1}]) : [{n="a"},{n=1,age=3}])}], "refused"),
    try([{a=(([1,"a"] == null) ? merge(local.mixed,{a=var.tags}) : null),l=setunion(sort([1,2,3]),compact(local.people[*].age))}], "refused"),
    try([{a=(var.null_list == null ? {} : null),l=compact([1])}], "refused"),
    try([{a=[{n="a"},{n=1,age=3}][0],l=(var.names == [] ? [1,2,3] : [])}], "refused"),
    try([{a=jsondecode(jsonencode({})),l=(length(var.names) > 2 ? tolist([{n="z",age=1}]) : tolist([{n="z",age=1}]))}], "refused"),
    try([{a=slice([{n="a"},{n=1,age=3}],0,1)[0],l=tomap((false ? {} : {}))}], "refused"),
    try([{a={a=(true ? {n="a",age=1} : {}),l=coalescelist([],tolist([3,1]))},l=[for x in [1,"a"]: {n=x,age=-1}][0]}], "refused"),
    try([{for i,x in ((local.people[0].age != {a=1,b=[1]}) ? setunion(keys(var.tags),split(",","a,b,a")) : []): x=>i...}], "refused"),
    try([{for i,x in sort((true ? [1,"a"] : [0.5,2])): x=>i...}], "refused"),
    try([{for p in (var.names == [] ? toset([{n="z",age=1}]) : []): p.n=>p.age}], "refused"),
    try([{for p in [{n="10.0.0.0/16",age=3},("true" ? local.mixed : {})]: p.age=>p.n...}], "refused"),
    try([{for p in distinct((var.null_list == null ? values(local.nested) : [])): p.age=>p.n...}], "refused"),
    try([{n=indent(2,"b"),age=(var.names == [] ? length(var.names) : 0)}], "refused"),
    try([{n=lower(trim("true","ab ")),age=length((false ? {n=null,age=2} : {}))}], "refused"),
    try([{n=substr("x y",-1,2),age=(true ? -1 : 0)}], "refused"),
  ]
}
