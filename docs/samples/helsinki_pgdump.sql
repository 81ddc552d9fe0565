-- Ateneum, Helsinki
-- © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf
-- To load it: psql -X -v ON_ERROR_STOP=1 -d DATABASE -f FILE
-- Tables are made in the first schema of search_path: PGOPTIONS=--search_path=osm,public takes another one.
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET client_min_messages = warning;
BEGIN;
CREATE EXTENSION IF NOT EXISTS postgis;

CREATE TABLE "land" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiPolygon,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "area" double precision
);
COMMENT ON TABLE "land" IS 'Land: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "land" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "area") FROM stdin;
1	0106000020e610000001000000010300000001000000050000001ac05b2041f138403d9b559fab154e40363cbd5296f138403d9b559fab154e40363cbd5296f13840598638d6c5154e401ac05b2041f13840598638d6c5154e401ac05b2041f138403d9b559fab154e40	\N	\N	land	land	\N	\N	0	0	0	\N
\.
CREATE INDEX ON "land" USING gist ("geom");
ANALYZE "land";

CREATE TABLE "landuse" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiPolygon,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "area" double precision
);
COMMENT ON TABLE "landuse" IS 'Land use: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "landuse" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "area") FROM stdin;
1	0106000020e6100000010000000103000000010000000e00000058a604696bf13840e31b0a9fad154e40d50fa0956af138409f34796fb1154e405fdf3df669f1384044f7ac6bb4154e40c4ec65db69f13840387705ecb4154e40299e697869f13840dec9a7c7b6154e40890b40a374f138408bf95ee8b6154e40b34baf2880f1384061a8c30ab7154e4017ddd50682f138409c645012b7154e40a064bcf781f1384037853a51b7154e40a00898af81f13840b372d476b8154e40363cbd5296f13840cc8843c3b8154e40363cbd5296f138403d9b559fab154e409d8c8bd86bf138403d9b559fab154e4058a604696bf13840e31b0a9fad154e40	33103388	way	commercial	industrial	\N	\N	0	0	0	10634.5
2	0106000020e61000000100000001030000000100000009000000a3d4b9fd4df138403c17a133c4154e40191989754ff1384042cb5fc6b9154e400089cb9651f13840c4865dcaaf154e40be51860552f13840c5782865ad154e400741db5552f138403d9b559fab154e401ac05b2041f138403d9b559fab154e401ac05b2041f13840598638d6c5154e402deaf5704df13840598638d6c5154e40a3d4b9fd4df138403c17a133c4154e40	122595249	way	commercial	industrial	Soopeli	96	0	0	0	24252.6
\.
CREATE INDEX ON "landuse" USING gist ("geom");
ANALYZE "landuse";

CREATE TABLE "green" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiPolygon,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "sport" text,
  "area" double precision
);
COMMENT ON TABLE "green" IS 'Green: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "green" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "sport", "area") FROM stdin;
1	0106000020e6100000010000000103000000010000000900000004183b866cf1384088fb2367bc154e40d15047226af13840598638d6c5154e40cb4b90b970f13840598638d6c5154e407e213f7672f13840d430d7fdbe154e40afc5b82c70f138406ff59cf4be154e40e4068daa70f1384082ae7d01bd154e40dde1c0f572f13840e7e9b70abd154e401ed14e1773f138408e2e2581bc154e4004183b866cf1384088fb2367bc154e40	655097800	way	grass	grass	\N	\N	0	0	0	\N	177.6
2	0106000020e610000001000000010300000001000000090000001c35705177f13840c3e5c292bc154e40b1c6342e77f138401ca1551cbd154e402d8084bc79f13840169c6626bd154e40f83eb03e79f138406f23af18bf154e407c8560b076f1384075289e0ebf154e403193f3f774f13840598638d6c5154e40c26ee59a80f13840598638d6c5154e4010ec53e982f13840bd0ee6c0bc154e401c35705177f13840c3e5c292bc154e40	655097801	way	grass	grass	\N	\N	0	0	0	\N	453.2
\.
CREATE INDEX ON "green" USING gist ("geom");
ANALYZE "green";

CREATE TABLE "plazas" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiPolygon,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "area" double precision
);
COMMENT ON TABLE "plazas" IS 'Plazas and platforms: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "plazas" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "area") FROM stdin;
1	0106000020e61000000100000001030000000100000020000000b95510035df13840890ad5cdc5154e40004a8d1a5df13840180d7448c5154e40e70187ab5ef138402e967db2bd154e40945f50f05ef13840cf31207bbd154e40dbaff14f5ff13840b7c13f5bbd154e40c9586dfe5ff138405e90e33dbd154e4034db15fa60f13840a5564e31bd154e40daeb38d961f13840870f913fbd154e40a41af67b62f138404c81165cbd154e4009e066f162f138401c2b8c88bd154e401b4b581b63f138404c0b4dc8bd154e4045fe4fb461f13840366ed685c4154e40ea11836c61f13840598638d6c5154e40d15047226af13840598638d6c5154e4004183b866cf1384088fb2367bc154e407b9054956cf1384005c1e3dbbb154e407d8857a368f138402f2c2405bb154e4024e131f268f13840bf1a56a7b9154e40299e697869f13840dec9a7c7b6154e40c4ec65db69f13840387705ecb4154e405fdf3df669f1384044f7ac6bb4154e40d50fa0956af138409f34796fb1154e4058a604696bf13840e31b0a9fad154e409d8c8bd86bf138403d9b559fab154e400741db5552f138403d9b559fab154e40be51860552f13840c5782865ad154e400089cb9651f13840c4865dcaaf154e40191989754ff1384042cb5fc6b9154e40a3d4b9fd4df138403c17a133c4154e402deaf5704df13840598638d6c5154e4000b37bf25cf13840598638d6c5154e40b95510035df13840890ad5cdc5154e40	282019292	way	pedestrian	plaza	Keskuskatu	\N	0	0	0	3141.2
\.
CREATE INDEX ON "plazas" USING gist ("geom");
ANALYZE "plazas";

CREATE TABLE "buildings" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiPolygon,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "height" double precision,
  "min_height" double precision,
  "levels" double precision,
  "min_level" double precision,
  "roof_shape" text,
  "roof_height" double precision,
  "roof_levels" double precision,
  "roof_orientation" text,
  "roof_direction" text,
  "colour" text,
  "material" text,
  "location" text,
  "housenumber" text,
  "street" text,
  "building" text,
  "part" text,
  "area" double precision
);
COMMENT ON TABLE "buildings" IS 'Buildings: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "buildings" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "height", "min_height", "levels", "min_level", "roof_shape", "roof_height", "roof_levels", "roof_orientation", "roof_direction", "colour", "material", "location", "housenumber", "street", "building", "part", "area") FROM stdin;
1	0106000020e6100000010000000103000000010000000800000003a1ab634bf13840015b142cc4154e40a3d4b9fd4df138403c17a133c4154e400089cb9651f13840c4865dcaaf154e40be51860552f13840c5782865ad154e401ac05b2041f13840d06e0436ad154e401ac05b2041f13840598638d6c5154e408ef71a184bf13840598638d6c5154e4003a1ab634bf13840015b142cc4154e40	9630	relation	retail	building	Kauppakeskus Citycenter	\N	0	0	0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	8	Kaivokatu	retail	\N	7597.9
2	0106000020e61000000100000001030000000100000008000000e7df2efb75f13840240b98c0ad154e40363cbd5296f138405d841727ae154e40363cbd5296f138409b4d663cac154e40bd35b05582f138402be8ac05ac154e40b2a84f6782f138403d9b559fab154e409d8c8bd86bf138403d9b559fab154e4058a604696bf13840e31b0a9fad154e40e7df2efb75f13840240b98c0ad154e40	3839333	relation	yes	building	World Trade Center Helsinki	\N	0	0	0	\N	\N	8.0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	\N	2344.0
3	0106000020e6100000010000000103000000010000000a00000090e3e20396f138406ace0bc1bb154e4090e3e20396f138404d2b2a87bb154e40f2e615f483f138406b44d554bb154e401c66c3f583f138409af68370bb154e404c32175d83f138407077d66ebb154e4010ec53e982f13840bd0ee6c0bc154e40c26ee59a80f13840598638d6c5154e40363cbd5296f13840598638d6c5154e40363cbd5296f138405e7d2dc0bb154e4090e3e20396f138406ace0bc1bb154e40	8033120	way	museum	landmark	Ateneum	\N	0	0	0	\N	\N	3.5	\N	\N	\N	\N	\N	\N	\N	\N	\N	2	Kaivokatu	museum	\N	3862.2
4	0106000020e610000001000000010300000001000000050000000741db5552f138403d9b559fab154e401ac05b2041f138403d9b559fab154e401ac05b2041f13840d06e0436ad154e40be51860552f13840c5782865ad154e400741db5552f138403d9b559fab154e40	23647909	way	yes	part	\N	\N	0	0	0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	1207.1
5	0106000020e6100000010000000103000000010000001200000058e0d00083f138401c5025b9b2154e407b5a8f0c83f138403a0dac3eb2154e406b4eb91d75f1384087d80528b2154e406549ca2775f1384034226294b1154e40e7df2efb75f13840240b98c0ad154e4058a604696bf13840e31b0a9fad154e40d50fa0956af138409f34796fb1154e405fdf3df669f1384044f7ac6bb4154e40c4ec65db69f13840387705ecb4154e40299e697869f13840dec9a7c7b6154e40890b40a374f138408bf95ee8b6154e40b34baf2880f1384061a8c30ab7154e4017ddd50682f138409c645012b7154e40a064bcf781f1384037853a51b7154e40a00898af81f13840b372d476b8154e40363cbd5296f13840cc8843c3b8154e40363cbd5296f1384031c9faf2b2154e4058e0d00083f138401c5025b9b2154e40	23649113	way	yes	part	\N	\N	0	0	0	\N	\N	8.0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	1197.0
6	0106000020e6100000010000000103000000010000000800000003a1ab634bf13840015b142cc4154e40a3d4b9fd4df138403c17a133c4154e400089cb9651f13840c4865dcaaf154e40be51860552f13840c5782865ad154e401ac05b2041f13840d06e0436ad154e401ac05b2041f13840598638d6c5154e408ef71a184bf13840598638d6c5154e4003a1ab634bf13840015b142cc4154e40	28775473	way	yes	part	\N	\N	0	0	0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	3177.7
7	0106000020e6100000010000000103000000010000000f000000f2e615f483f138406b44d554bb154e4090e3e20396f138404d2b2a87bb154e4030dba91496f138407d9b59a6ba154e40ab96749483f13840773a4668ba154e407b5a8f0c83f138409bb40474ba154e40280010c182f138403baccb84ba154e40f31a608b82f1384095dd27a2ba154e402ea9da6e82f13840594fadbeba154e40a521f47d82f13840b28009dcba154e40b78ce5a782f13840b8b30af6ba154e40bdedf8e582f13840e865b911bb154e4022b3695b83f13840885d8022bb154e40e68013c083f138401718682dbb154e4069030bbb83f13840d684fe53bb154e40f2e615f483f138406b44d554bb154e40	226074289	way	yes	building	\N	\N	0	0	0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	\N	49.6
8	0106000020e6100000010000000103000000010000000e000000d50fa0956af138409f34796fb1154e405fdf3df669f1384044f7ac6bb4154e40c4ec65db69f13840387705ecb4154e40299e697869f13840dec9a7c7b6154e40890b40a374f138408bf95ee8b6154e40b34baf2880f1384061a8c30ab7154e4017ddd50682f138409c645012b7154e40a064bcf781f1384037853a51b7154e40a00898af81f13840b372d476b8154e40363cbd5296f13840cc8843c3b8154e40363cbd5296f138405d841727ae154e40e7df2efb75f13840240b98c0ad154e4058a604696bf13840e31b0a9fad154e40d50fa0956af138409f34796fb1154e40	289193766	way	yes	building	WTC Plaza	\N	0	0	0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	\N	1969.7
9	0106000020e61000000100000001030000000100000005000000be51860552f13840c5782865ad154e400741db5552f138403d9b559fab154e401ac05b2041f138403d9b559fab154e401ac05b2041f13840d06e0436ad154e40be51860552f13840c5782865ad154e40	675858725	way	yes	building	\N	\N	0	0	0	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	yes	\N	2079.4
\.
CREATE INDEX ON "buildings" USING gist ("geom");
ANALYZE "buildings";

CREATE TABLE "barriers" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiLineString,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "height" double precision
);
COMMENT ON TABLE "barriers" IS 'Walls and fences: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "barriers" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "height") FROM stdin;
1	0105000020e61000000100000001020000000b00000045fe4fb461f13840366ed685c4154e401b4b581b63f138404c0b4dc8bd154e4009e066f162f138401c2b8c88bd154e40a41af67b62f138404c81165cbd154e40daeb38d961f13840870f913fbd154e4034db15fa60f13840a5564e31bd154e40c9586dfe5ff138405e90e33dbd154e40dbaff14f5ff13840b7c13f5bbd154e40945f50f05ef13840cf31207bbd154e40e70187ab5ef138402e967db2bd154e40004a8d1a5df13840180d7448c5154e40	309046463	way	retaining_wall	retaining_wall	\N	\N	0	0	0	\N
2	0105000020e6100000010000000102000000020000006dbfc63f7df138401ef57c72b9154e404349923188f1384060e40a94b9154e40	580268868	way	fence	fence	\N	\N	0	0	0	\N
3	0105000020e610000001000000010200000002000000d15047226af13840598638d6c5154e4004183b866cf1384088fb2367bc154e40	655097793	way	fence	fence	\N	\N	0	0	0	\N
\.
CREATE INDEX ON "barriers" USING gist ("geom");
ANALYZE "barriers";

CREATE TABLE "paths" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiLineString,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "link" bigint,
  "oneway" text,
  "lanes" text,
  "width" double precision,
  "surface" text,
  "maxspeed" text,
  "service" text
);
COMMENT ON TABLE "paths" IS 'Paths: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "paths" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "link", "oneway", "lanes", "width", "surface", "maxspeed", "service") FROM stdin;
1	0105000020e610000001000000010200000005000000363cbd5296f138401bc875bdb9154e404b77d7d990f138407d59daa9b9154e4020cfd32588f138404d3162fab9154e40df52ce177bf13840a101abd9b9154e4024e131f268f13840bf1a56a7b9154e40	8035183	way	footway	path	Ateneuminkuja	\N	0	0	0	0	\N	\N	\N	paving_stones	\N	\N
2	0105000020e6100000010000000102000000030000007b9054956cf1384005c1e3dbbb154e40fa36b34c75f13840a0b3bbf6bb154e40332f2de372f13840598638d6c5154e40	8061055	way	footway	path	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
3	0105000020e6100000010000000102000000030000001ac05b2041f13840d462a5a0b9154e40ab611ae148f138400c14c2b4b9154e40191989754ff1384042cb5fc6b9154e40	23648178	way	footway	path	Marmorikuja	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
4	0105000020e6100000010000000102000000040000001ac05b2041f138409c6f85e3af154e407818497144f13840b87c7fdeaf154e406395777a4af13840534145d5af154e400089cb9651f13840c4865dcaaf154e40	23648523	way	footway	path	\N	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
5	0105000020e6100000010000000102000000020000007818497144f13840b87c7fdeaf154e40a79ce56844f1384052cb7b41b0154e40	23648568	way	footway	path	\N	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
6	0105000020e610000001000000010200000002000000a79ce56844f1384052cb7b41b0154e401ac05b2041f13840b6bea13db0154e40	23648569	way	steps	steps	\N	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
7	0105000020e610000001000000010200000004000000d50fa0956af138409f34796fb1154e406549ca2775f1384034226294b1154e40a6553e1581f1384087489748b3154e40363cbd5296f13840c57b9d85b3154e40	23649168	way	footway	path	\N	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
8	0105000020e610000001000000010200000003000000df52ce177bf13840a101abd9b9154e40de1e84807cf1384048bce1e3b8154e40b34baf2880f1384061a8c30ab7154e40	23649174	way	footway	path	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
9	0105000020e610000001000000010200000002000000b34baf2880f1384061a8c30ab7154e40a6553e1581f1384087489748b3154e40	23649175	way	footway	path	\N	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
10	0105000020e610000001000000010200000002000000fa36b34c75f13840a0b3bbf6bb154e40aca2e47a80f1384064254113bc154e40	28936035	way	footway	path	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
11	0105000020e6100000010000000102000000020000006395777a4af13840534145d5af154e40ab611ae148f138400c14c2b4b9154e40	28936366	way	footway	path	\N	\N	0	1	0	0	\N	\N	\N	\N	\N	\N
12	0105000020e61000000100000001020000000200000062f2abde86f138400729780ab9154e40de1e84807cf1384048bce1e3b8154e40	580268870	way	footway	path	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
13	0105000020e6100000010000000102000000020000004b77d7d990f138407d59daa9b9154e4049aaa56f88f13840efe6a90eb9154e40	580268872	way	footway	path	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
14	0105000020e61000000100000001020000000200000049aaa56f88f13840efe6a90eb9154e4062f2abde86f138400729780ab9154e40	580268874	way	steps	steps	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
\.
CREATE INDEX ON "paths" USING gist ("geom");
ANALYZE "paths";

CREATE TABLE "roads" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(MultiLineString,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "link" bigint,
  "oneway" text,
  "lanes" text,
  "width" double precision,
  "surface" text,
  "maxspeed" text,
  "service" text
);
COMMENT ON TABLE "roads" IS 'Roads: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "roads" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "link", "oneway", "lanes", "width", "surface", "maxspeed", "service") FROM stdin;
1	0105000020e61000000100000001020000000300000034db15fa60f13840a5564e31bd154e40e699f27c61f13840885d8022bb154e40e596fb896ff13840933e085cb2154e40	155134863	way	service	service	\N	\N	-1	1	0	0	\N	\N	\N	\N	\N	\N
2	0105000020e6100000010000000102000000020000004a204ef55ef13840598638d6c5154e4023484a1f5ff138402a786572c5154e40	282019290	way	unclassified	minor	Keskuskatu	\N	0	0	0	0	\N	\N	\N	asphalt	30	\N
3	0105000020e61000000100000001020000000200000023484a1f5ff138402a786572c5154e4034db15fa60f13840a5564e31bd154e40	282019291	way	service	service	\N	\N	0	0	0	0	\N	\N	\N	\N	\N	\N
4	0105000020e610000001000000010200000002000000ebda28fc63f138405a023addc3154e40ba8cb70764f13840598638d6c5154e40	609208682	way	service	service	\N	\N	-4	1	0	0	\N	\N	\N	\N	\N	\N
5	0105000020e610000001000000010200000002000000c66b5ed559f13840868d57c5c0154e405456d3f544f1384080fe3163c0154e40	609208684	way	service	service	\N	\N	-4	1	0	0	\N	\N	\N	\N	\N	\N
6	0105000020e61000000100000001020000000d0000005bbee43565f13840bdac8905be154e407c20c3746bf1384057fb8568be154e4079e008f76ff13840aa69728cbf154e401fa9746671f1384068a2be1bc1154e4086329e526ff13840962023a0c2154e4023ade75a6af1384066de05a5c3154e40ebda28fc63f138405a023addc3154e40f30b65975ef1384043082351c3154e4078e283e85af13840d8576831c2154e40c66b5ed559f13840868d57c5c0154e403c0c52955bf138403ffb3669bf154e4076feedb25ff13840163a0a6bbe154e405bbee43565f13840bdac8905be154e40	609208686	way	service	service	\N	\N	-4	1	0	0	yes	\N	\N	\N	\N	\N
7	0105000020e610000001000000010200000002000000b70a153267f138403d9b559fab154e405bbee43565f13840bdac8905be154e40	609208690	way	service	service	\N	\N	-4	1	0	0	\N	\N	\N	\N	\N	\N
\.
CREATE INDEX ON "roads" USING gist ("geom");
ANALYZE "roads";

CREATE TABLE "trees" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(Point,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "height" double precision,
  "diameter_crown" double precision,
  "leaf_type" text
);
COMMENT ON TABLE "trees" IS 'Trees: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "trees" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "height", "diameter_crown", "leaf_type") FROM stdin;
1	0101000020e6100000a437dc476ef13840be0ee6c0bc154e40	1936085663	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
2	0101000020e61000008161f9f36df13840285d4425bf154e40	1936085664	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
3	0101000020e61000000a3197546df13840a91b83a9c1154e40	1936085668	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
4	0101000020e61000009f6637e96cf1384037e49f19c4154e40	1936085670	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
5	0101000020e610000068b4554964f1384075e0e69ebf154e40	6329449898	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
6	0101000020e6100000a4e6abe463f138403e096ccec1154e40	6329449899	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
7	0101000020e6100000d913138a63f13840ba3885f0c3154e40	6329449900	node	tree	tree	\N	\N	0	0	0	\N	\N	\N
\.
CREATE INDEX ON "trees" USING gist ("geom");
ANALYZE "trees";

CREATE TABLE "pois" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(Point,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "amenity" text,
  "shop" text,
  "tourism" text,
  "historic" text,
  "opening_hours" text,
  "website" text,
  "phone" text,
  "operator" text,
  "cuisine" text,
  "religion" text,
  "station" text,
  "ele" double precision,
  "wikidata" text
);
COMMENT ON TABLE "pois" IS 'Points of interest: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "pois" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "amenity", "shop", "tourism", "historic", "opening_hours", "website", "phone", "operator", "cuisine", "religion", "station", "ele", "wikidata") FROM stdin;
1	0101000020e610000075e789e76cf1384027b330fac0154e40	60131839	node	memorial	culture	Albert Edelfelt	\N	0	0	0	artwork	\N	artwork	memorial	\N	https://www.hamhelsinki.fi/sculpture/albert-edelfelt-ville-vallgren/	\N	\N	\N	\N	\N	\N	\N
2	0101000020e6100000be9a4d918df13840aaa27895b5154e40	1208596667	node	restaurant	food	Morrison's Grill & Green	\N	0	0	0	restaurant	\N	\N	\N	\N	http://www.rafla.fi/morrisons/fi/etusivu	+358 9 625 466	\N	burger	\N	\N	\N	\N
3	0101000020e6100000e596fb896ff13840933e085cb2154e40	1675648635	node	parking	transport	Autoparkki WTC	\N	0	0	0	parking	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
4	0101000020e61000005524157c89f138409366e20cb4154e40	1985597270	node	doctors	health	Diacor Keskusta	\N	0	0	0	doctors	\N	\N	\N	\N	http://diacor.fi/	\N	\N	\N	\N	\N	\N	\N
5	0101000020e61000007cb6b35483f13840653fe65ebb154e40	2349334833	node	pub	food	Wall St Bar	\N	0	0	0	pub	\N	\N	\N	\N	http://wallst.fi/	\N	\N	\N	\N	\N	\N	\N
6	0101000020e61000003e528e1370f138402539aae4ad154e40	4693464168	node	pub	food	Teerenpeli	\N	0	0	0	pub	\N	\N	\N	\N	https://teerenpeli.com/	\N	\N	\N	\N	\N	\N	\N
7	0101000020e61000005c0f15996ff138403f062b4eb5154e40	4727972444	node	pharmacy	health	Kluuvin Apteekki	\N	0	0	0	pharmacy	\N	\N	\N	\N	http://kluuvinapteekki.fi/	\N	\N	\N	\N	\N	\N	\N
8	0101000020e610000036b1c05774f138405e73fd71b1154e40	5170957221	node	restaurant	food	Deliberi	\N	0	0	0	restaurant	\N	\N	\N	\N	http://www.deliberi.fi/toimipisteet/deliberi-k7/	\N	\N	\N	\N	\N	\N	\N
9	0101000020e6100000f235ba394bf13840ae878accb7154e40	6328847264	node	cafe	food	robert's coffee gelato factory	\N	0	0	0	cafe	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
\.
CREATE INDEX ON "pois" USING gist ("geom");
ANALYZE "pois";

CREATE TABLE "housenumbers" (
  "fid" bigint PRIMARY KEY,
  "geom" geometry(Point,4326) NOT NULL,
  "osm_id" bigint,
  "osm_type" text,
  "class" text,
  "kind" text,
  "name" text,
  "ref" text,
  "layer" bigint,
  "tunnel" bigint,
  "bridge" bigint,
  "housenumber" text,
  "street" text
);
COMMENT ON TABLE "housenumbers" IS 'House numbers: © OpenStreetMap contributors, ODbL 1.0, openstreetmap.org/copyright; source: helsinki.osm.pbf';
COPY "housenumbers" ("fid", "geom", "osm_id", "osm_type", "class", "kind", "name", "ref", "layer", "tunnel", "bridge", "housenumber", "street") FROM stdin;
1	0101000020e6100000e596fb896ff13840933e085cb2154e40	1675648635	node	7	housenumber	Autoparkki WTC	\N	0	0	0	7	Keskuskatu
2	0101000020e61000005524157c89f138409366e20cb4154e40	1985597270	node	7, Floors 1-3	housenumber	Diacor Keskusta	\N	0	0	0	7, Floors 1-3	Keskuskatu
3	0101000020e61000007cb6b35483f13840653fe65ebb154e40	2349334833	node	4	housenumber	Wall St Bar	\N	0	0	0	4	Ateneuminkuja
4	0101000020e6100000b53fab274ef13840a30d1bc0b6154e40	2927441047	node	6	housenumber	\N	\N	0	0	0	6	Keskuskatu
5	0101000020e610000087ae9f596df138408e0b0742b2154e40	2927441048	node	7	housenumber	\N	\N	0	0	0	7	Keskuskatu
6	0101000020e61000003e528e1370f138402539aae4ad154e40	4693464168	node	7	housenumber	Teerenpeli	\N	0	0	0	7	Keskuskatu
7	0101000020e61000005c0f15996ff138403f062b4eb5154e40	4727972444	node	7	housenumber	Kluuvin Apteekki	\N	0	0	0	7	Keskuskatu
8	0101000020e61000002d2059654bf13840d661e014b1154e40	4749667721	node	6	housenumber	Habitat	\N	0	0	0	6	Keskuskatu
9	0101000020e610000036b1c05774f138405e73fd71b1154e40	5170957221	node	7	housenumber	Deliberi	\N	0	0	0	7	Keskuskatu
\.
CREATE INDEX ON "housenumbers" USING gist ("geom");
ANALYZE "housenumbers";
COMMIT;
